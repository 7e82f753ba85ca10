package io.patchbay.emulators.qemu;

import io.patchbay.emulators.SchemaResource;
import io.patchbay.emulators.qemu.machine.MacAddress;
import io.patchbay.emulators.qemu.machine.QemuProgram;
import io.patchbay.emulators.qemu.machine.QemuSettings;
import io.patchbay.emulators.qemu.machine.UserOptions;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Machines that QEMU runs. */
public final class QemuConnector implements EmulatorConnector {
  /** vsock(7) keeps those below for itself. */
  private static final int FIRST_GUEST_CID = 3;

  private static final int LAST_GUEST_CID = 65535;

  private final ResourceAdapter adapter;
  private final MachineLauncher launcher;
  private final Set<QemuNode> nodes = ConcurrentHashMap.newKeySet();
  private final Set<Integer> guestCids = ConcurrentHashMap.newKeySet();

  public QemuConnector(ResourceAdapter adapter) {
    this.adapter = adapter;
    launcher =
        new MachineLauncher(adapter, new Acceleration(adapter.config().qemu().acceleration()));
  }

  @Override
  public NodeKind kind() {
    return NodeKinds.QEMU;
  }

  /** Each node names its own program, and is refused if that is missing. */
  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public String createSchema() {
    return SchemaResource.read(QemuConnector.class, "create.schema.json");
  }

  @Override
  public String updateSchema() {
    return SchemaResource.read(QemuConnector.class, "update.schema.json");
  }

  @Override
  public EmulatedNode create(NodeSite site, JsonObject body) {
    QemuSettings settings = QemuSettings.initial().with(body);
    if (settings.text("mac_address").isEmpty()) {
      settings = settings.with("mac_address", MacAddress.ofNode(site.nodeId()));
    }
    QemuProgram program =
        QemuProgram.choose(
            text(body, "qemu_path"),
            text(body, "platform").filter(platform -> !platform.isEmpty()),
            adapter.config().local());
    QemuProfile profile = checked(site, Optional.empty(), program, settings);
    ConsolePort port = ConsolePort.of(adapter.consolePorts(), body);
    Optional<ConsolePort> auxiliary = Optional.empty();
    try {
      auxiliary = Optional.of(ConsolePort.auxiliary(adapter.consolePorts(), body));
      QemuNode node =
          new QemuNode(
              this, adapter, site, profile, port, auxiliary.get(), leaseGuestCid(port.listening()));
      nodes.add(node);
      return node;
    } catch (LabException failed) {
      port.release();
      auxiliary.ifPresent(ConsolePort::release);
      throw failed;
    }
  }

  private static Optional<String> text(JsonObject body, String name) {
    return body.get(name) instanceof JsonString value
        ? Optional.of(value.getString())
        : Optional.empty();
  }

  /**
   * What a node is after a change.
   *
   * @throws LabException if that cannot be; nothing has changed then
   */
  QemuProfile changed(QemuNode node, NodeSite site, JsonObject body) {
    QemuProfile now = node.profile();
    QemuProgram program = now.program();
    Optional<String> path = text(body, "qemu_path");
    Optional<String> platform = text(body, "platform").filter(name -> !name.isEmpty());
    if (path.isPresent() && !path.get().equals(program.path().toString())
        || platform.isPresent() && !platform.get().equals(program.platform())) {
      program = QemuProgram.choose(path, platform, adapter.config().local());
    }
    return checked(site, Optional.of(node), program, now.settings().with(body));
  }

  private QemuProfile checked(
      NodeSite site, Optional<QemuNode> node, QemuProgram program, QemuSettings settings) {
    UserOptions.of(settings.text("options"), Map.of(), trusted());
    if (settings.maxCpus() < settings.number("cpus")) {
      throw LabException.conflict("maxcpus is less than cpus");
    }
    QemuImages images = QemuImages.of(adapter.images(), site.projectDirectory(), settings);
    if (!settings.linkedClone()) {
      requireUnused(images, node);
    }
    return new QemuProfile(program, images.shorten(settings), images);
  }

  private boolean trusted() {
    return adapter.config().local() || adapter.config().qemu().unsafeOptions();
  }

  /** An image that is written to belongs to one node alone. */
  private void requireUnused(QemuImages images, Optional<QemuNode> node) {
    for (QemuNode other : nodes) {
      if (node.filter(other::equals).isEmpty()) {
        QemuImages others = other.profile().images();
        for (String disk : QemuImages.DISKS) {
          Optional<Path> file = images.file(disk);
          if (file.isPresent() && others.disks().contains(file.get())) {
            throw LabException.conflict(
                "Without linked_clone an image is for one node alone, and "
                    + file.get()
                    + " is used by another one");
          }
        }
      }
    }
  }

  /**
   * The user's options of a node that starts.
   *
   * @throws LabException (INVALID) if one is not allowed
   */
  List<String> options(
      QemuSettings settings, NodeSite site, String name, ConsolePort console, int guestCid) {
    Map<String, String> placeholders = new HashMap<>();
    placeholders.put("%vm-name%", name);
    placeholders.put("%vm-id%", site.nodeId().toString());
    placeholders.put("%project-id%", site.projectId().toString());
    placeholders.put("%project-path%", site.projectDirectory().toString());
    placeholders.put("%guest-cid%", Integer.toString(guestCid));
    console
        .listening()
        .ifPresent(port -> placeholders.put("%console-port%", Integer.toString(port)));
    return UserOptions.of(settings.text("options"), placeholders, trusted());
  }

  /** The console's port, which no other node has, or another number. */
  private int leaseGuestCid(OptionalInt console) {
    return IntStream.concat(
            console.stream(), IntStream.rangeClosed(FIRST_GUEST_CID, LAST_GUEST_CID))
        .filter(guestCids::add)
        .findFirst()
        .orElseThrow(() -> LabException.conflict("This compute has as many machines as it can"));
  }

  MachineLauncher launcher() {
    return launcher;
  }

  /** How long a guest may take to shut down. */
  Duration shutdownPatience() {
    return adapter.config().qemu().shutdownPatience();
  }

  void forget(QemuNode node, int guestCid) {
    nodes.remove(node);
    guestCids.remove(guestCid);
  }
}
