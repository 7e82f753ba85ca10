package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.SchemaResource;
import io.patchbay.emulators.dynamips.hardware.Card;
import io.patchbay.emulators.dynamips.hardware.Chassis;
import io.patchbay.emulators.dynamips.hardware.Equipment;
import io.patchbay.emulators.dynamips.hardware.Platform;
import io.patchbay.emulators.dynamips.hardware.RouterSettings;
import io.patchbay.emulators.dynamips.hypervisor.DynamipsProgram;
import io.patchbay.emulators.ios.IosImage;
import io.patchbay.emulators.ios.NvramWatch;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Cisco routers that Dynamips emulates. */
public final class DynamipsConnector implements EmulatorConnector {
  private static final String MAC = "mac_addr";

  /** A router writes its NVRAM in many pieces. */
  private static final Duration NVRAM_PAUSE = Duration.ofSeconds(2);

  private final ResourceAdapter adapter;
  private final InstanceIds ids = new InstanceIds();
  private final GhostImages ghosts = new GhostImages();
  private final RouterLauncher launcher;
  private final Duration bootPatience;

  public DynamipsConnector(ResourceAdapter adapter) {
    // A hypervisor answers at once unless the machine is very busy.
    this(adapter, Duration.ofSeconds(20), Duration.ofSeconds(30));
  }

  /**
   * @param bootPatience how long a router that is started to be measured may take to boot
   * @param answerPatience how long a hypervisor may take to answer
   */
  DynamipsConnector(ResourceAdapter adapter, Duration bootPatience, Duration answerPatience) {
    this.adapter = adapter;
    this.bootPatience = bootPatience;
    launcher = new RouterLauncher(adapter, answerPatience);
  }

  @Override
  public NodeKind kind() {
    return NodeKinds.DYNAMIPS;
  }

  /** Looked for each time: it may have been installed since. */
  @Override
  public Optional<String> unavailable() {
    try {
      find();
      return Optional.empty();
    } catch (IOException missing) {
      return Optional.of(missing.getMessage());
    }
  }

  private DynamipsProgram find() throws IOException {
    return DynamipsProgram.find(adapter.config().dynamips().program());
  }

  @Override
  public String createSchema() {
    return SchemaResource.read(DynamipsConnector.class, "create.schema.json");
  }

  @Override
  public String updateSchema() {
    return SchemaResource.read(DynamipsConnector.class, "update.schema.json");
  }

  @Override
  public EmulatedNode create(NodeSite site, JsonObject body) {
    Platform platform = Platform.named(body.getString("platform"));
    Chassis chassis = Chassis.of(platform, text(body, "chassis"));
    RouterSettings settings = RouterSettings.initial(platform).with(body);
    Equipment equipment = withIoCard(Equipment.of(chassis), settings).with(body);
    RouterProfile profile = checked(site, equipment, settings, body.getString("image"));
    int id =
        body.get("dynamips_id") instanceof JsonNumber wanted
            ? ids.lease(site.projectId(), wanted.intValue())
            : ids.lease(site.projectId());
    try {
      return create(site, body, withMac(profile, site.nodeId(), id), id);
    } catch (LabException failed) {
      ids.release(site.projectId(), id);
      throw failed;
    }
  }

  private EmulatedNode create(NodeSite site, JsonObject body, RouterProfile profile, int id) {
    RouterFiles files = new RouterFiles(site.directory(kind()), id);
    RouterLines lines = RouterLines.of(adapter, files.directory(), body);
    try {
      text(body, "startup_config_content")
          .filter(content -> !content.isEmpty())
          .ifPresent(content -> files.writeStartup(content, site.name()));
      text(body, "private_config_content")
          .filter(content -> !content.isEmpty())
          .ifPresent(content -> files.writeSecrets(content, site.name()));
    } catch (LabException unwritable) {
      lines.release();
      throw unwritable;
    }
    return new RouterNode(this, adapter, site, profile, files, lines);
  }

  private static Optional<String> text(JsonObject body, String name) {
    return body.get(name) instanceof JsonString value
        ? Optional.of(value.getString())
        : Optional.empty();
  }

  /** A 7200 needs one, unless its processor has what that has. */
  private static Equipment withIoCard(Equipment bare, RouterSettings settings) {
    if (!settings.has("npe")) {
      return bare;
    }
    return bare.with(
        0, settings.text("npe").equals("npe-g2") ? Card.C7200_IO_GE_E : Card.C7200_IO_FE);
  }

  /** The address that Dynamips would choose, but the same whenever the node is made again. */
  private static RouterProfile withMac(RouterProfile profile, UUID node, int id) {
    if (!profile.settings().text(MAC).isEmpty()) {
      return profile;
    }
    String address =
        "%s%02x.%s.0000"
            .formatted(profile.platform().macPrefix(), id & 0xff, node.toString().substring(4, 8));
    return new RouterProfile(
        profile.equipment(),
        profile.settings().with(Json.createObjectBuilder().add(MAC, address).build()),
        profile.image(),
        profile.imageName());
  }

  /**
   * What a router is after a change.
   *
   * @throws LabException if that cannot be; nothing has changed then
   */
  RouterProfile changed(NodeSite site, RouterProfile now, JsonObject body) {
    RouterSettings settings = now.settings().with(body);
    Optional<String> model = text(body, "chassis").or(() -> now.chassis().model());
    Chassis chassis = Chassis.of(now.platform(), model);
    Equipment equipment = chassis.equals(now.chassis()) ? now.equipment() : Equipment.of(chassis);
    return checked(
        site, equipment.with(body), settings, text(body, "image").orElse(now.imageName()));
  }

  private RouterProfile checked(
      NodeSite site, Equipment equipment, RouterSettings settings, String imageName) {
    List<Path> further = List.of(site.projectDirectory());
    Path image = adapter.images().find(ImageKind.DYNAMIPS, imageName, further);
    return new RouterProfile(
        equipment, settings, image, adapter.images().shortName(ImageKind.DYNAMIPS, image, further));
  }

  /** The MD5 sum of a router's image; empty if somebody has removed the file. */
  Optional<String> sum(RouterProfile profile) {
    try {
      return Optional.of(adapter.images().lastMd5sum(profile.image()));
    } catch (LabException gone) {
      return Optional.empty();
    }
  }

  /**
   * Has a router come up.
   *
   * @param ports those that have a link
   * @throws LabException (CONFLICT) if it does not; nothing is left then
   */
  RouterConnection launch(
      RouterProfile profile, String name, RouterFiles files, List<PortAddress> ports) {
    IosImage.requireLoadable(profile.image(), profile.imageName());
    DynamipsProgram program;
    try {
      program = find();
    } catch (IOException missing) {
      throw LabException.conflict(missing.getMessage());
    }
    boolean shares = adapter.config().dynamips().ghostIos() && profile.sharesImage();
    return launcher.launch(
        new RouterLauncher.Plan(
            program, profile, name, files, shares ? Optional.of(ghosts) : Optional.empty(), ports));
  }

  Optional<RouterConnection> adopt(RouterProfile profile, RouterFiles files, JsonObject state) {
    return launcher.adopt(ghosts, profile, files, state);
  }

  NvramWatch watch(RouterFiles files, RouterProfile profile, Runnable changed) {
    return new NvramWatch(() -> files.nvramState(profile.platform()), NVRAM_PAUSE, changed);
  }

  Duration bootPatience() {
    return bootPatience;
  }

  void forget(NodeSite site, int id) {
    ids.release(site.projectId(), id);
  }
}
