package io.patchbay.emulators.iou;

import io.patchbay.emulators.SchemaResource;
import io.patchbay.emulators.ios.NvramWatch;
import io.patchbay.runtime.IouConfig;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Routers and switches of Cisco's that run as programs: IOS on Unix, and IOS on Linux. */
public final class IouConnector implements EmulatorConnector {
  private static final String LICENCE_VARIABLE = "IOURC";

  /** Sockets come within a second, unless a hundred start at once. */
  private static final Duration SOCKET_PATIENCE = Duration.ofSeconds(10);

  /** A router writes its NVRAM in many pieces. */
  private static final Duration NVRAM_PAUSE = Duration.ofSeconds(2);

  private final ResourceAdapter adapter;
  private final IouImage images = new IouImage();
  private final ApplicationIds ids = new ApplicationIds();
  private final LicenceFile licence;
  private final boolean checksLicence;
  private final Duration socketPatience;
  private Optional<NetioNumbers> numbers;

  public IouConnector(ResourceAdapter adapter) {
    this(adapter, SOCKET_PATIENCE);
  }

  /**
   * @param socketPatience how long a start waits for the socket of its instance
   */
  IouConnector(ResourceAdapter adapter, Duration socketPatience) {
    this.adapter = adapter;
    this.socketPatience = socketPatience;
    IouConfig config = adapter.config().iou();
    Path run = adapter.config().runDirectory().toAbsolutePath();
    licence =
        new LicenceFile(
            run.resolveSibling(run.getFileName() + "-iou").resolve("iourc"), config.licence());
    checksLicence = config.checksLicence();
    try {
      numbers = Optional.of(NetioNumbers.ofThisUser());
    } catch (IOException noUnix) {
      numbers = Optional.empty();
    }
  }

  @Override
  public NodeKind kind() {
    return NodeKinds.IOU;
  }

  @Override
  public Optional<String> unavailable() {
    return numbers.isPresent() ? Optional.empty() : Optional.of("IOU nodes need Linux");
  }

  @Override
  public String createSchema() {
    return SchemaResource.read(IouConnector.class, "create.schema.json");
  }

  @Override
  public String updateSchema() {
    return SchemaResource.read(IouConnector.class, "update.schema.json");
  }

  @Override
  public EmulatedNode create(NodeSite site, JsonObject body) {
    Path image = find(site, body.getString("path"));
    IouSettings settings = sized(IouSettings.INITIAL.with(body), body, image, site);
    int id =
        body.get("application_id") instanceof JsonNumber wanted
            ? ids.use(wanted.intValue())
            : ids.useAny();
    try {
      IouFiles files = new IouFiles(site.directory(kind()), id);
      files.give(
          text(body, "startup_config_content"), text(body, "private_config_content"), site.name());
      return new IouNode(
          this,
          adapter,
          site,
          image,
          settings,
          files,
          IouConsole.of(adapter, files.directory(), body),
          !body.getBoolean(IouNode.UNCHECKED, false));
    } catch (LabException failed) {
      ids.release(id);
      throw failed;
    }
  }

  private static Optional<String> text(JsonObject body, String name) {
    return body.get(name) instanceof JsonString value
        ? Optional.of(value.getString())
        : Optional.empty();
  }

  /**
   * @throws LabException (CONFLICT) if there is no such image
   */
  Path find(NodeSite site, String name) {
    return adapter.images().find(ImageKind.IOU, name, further(site));
  }

  /** Images are programs, and whoever may put files into a project may not put programs here. */
  private List<Path> further(NodeSite site) {
    return adapter.images().isLocal() ? List.of(site.projectDirectory()) : List.of();
  }

  String shortName(NodeSite site, Path image) {
    return adapter.images().shortName(ImageKind.IOU, image, further(site));
  }

  /** The MD5 sum of an image; empty if somebody has removed the file. */
  Optional<String> sum(Path image) {
    try {
      return Optional.of(adapter.images().lastMd5sum(image));
    } catch (LabException gone) {
      return Optional.empty();
    }
  }

  /** With the memories that the image chooses, where a request leaves that to it. */
  IouSettings sized(IouSettings settings, JsonObject body, Path image, NodeSite site) {
    boolean ramGiven = body.get("ram") instanceof JsonNumber && !settings.usual();
    boolean nvramGiven = body.get("nvram") instanceof JsonNumber && !settings.usual();
    if (ramGiven && nvramGiven) {
      return settings;
    }
    Map<String, String> environment = environment(site);
    return settings.with(
        ramGiven ? settings.ram() : images.usualRam(image, environment).orElse(settings.ram()),
        nvramGiven
            ? settings.nvram()
            : images.usualNvram(image, environment).orElse(settings.nvram()));
  }

  private Map<String, String> environment(NodeSite site) {
    return System.getenv(LICENCE_VARIABLE) == null
        ? licence
            .find(site.directory(kind()))
            .map(file -> Map.of(LICENCE_VARIABLE, file.toString()))
            .orElse(Map.of())
        : Map.of();
  }

  void keepLicence(String text) {
    licence.keep(text);
  }

  /**
   * Has an instance come up.
   *
   * @param checked whether there has to be a licence, unless this compute does without
   * @param log takes what it prints, and does not wait
   * @throws LabException (CONFLICT) if it does not; nothing is left then
   */
  IouConnection launch(
      NodeSite site,
      Path image,
      IouSettings settings,
      IouFiles files,
      boolean checked,
      Consumer<byte[]> log) {
    images.requireUsable(image);
    if (checked && checksLicence) {
      licence.require(files.directory());
    }
    Map<String, String> environment = environment(site);
    List<String> command = command(image, settings, files, environment);
    NetioNumbers known = numbers();
    NetioNumbers.Claim claim = known.claim(files.instance());
    try {
      files.prepare(claim.bridge(), settings.nvram(), image);
    } catch (LabException unwritable) {
      claim.close();
      throw unwritable;
    }
    IouConnection connection =
        IouConnection.launch(
            adapter,
            known,
            claim,
            new IouConnection.Plan(command, environment, files.directory()),
            log);
    try {
      connection.awaitSocket(known.directory().resolve("" + files.instance()), socketPatience);
      return connection;
    } catch (LabException ended) {
      connection.close();
      throw ended;
    }
  }

  private List<String> command(
      Path image, IouSettings settings, IouFiles files, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of(image.toString()));
    command.addAll(settings.options());
    if (settings.keepalives()) {
      if (!images.hasKeepalives(image, environment)) {
        throw LabException.conflict(
            "Layer 1 keepalive messages are not supported by " + image.getFileName());
      }
      command.add("-l");
    }
    command.add("" + files.instance());
    return command;
  }

  private NetioNumbers numbers() {
    return numbers.orElseThrow(() -> LabException.conflict("IOU nodes need Linux"));
  }

  Optional<IouConnection> adopt(IouFiles files, JsonObject state, Consumer<byte[]> log) {
    return IouConnection.adopt(adapter, numbers(), files.instance(), state, log);
  }

  NvramWatch watch(IouFiles files, Runnable changed) {
    return new NvramWatch(files::nvramState, NVRAM_PAUSE, changed);
  }

  void forget(int id) {
    ids.release(id);
  }
}
