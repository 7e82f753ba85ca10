package io.patchbay.emulators.vpcs;

import io.patchbay.emulators.SchemaResource;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.process.Programs;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Virtual PCs, inside the compute or by the VPCS program of the machine. */
public final class VpcsConnector implements EmulatorConnector {
  private static final int PROCESS_MACS = 256;
  // From 00:50:79:66:68:00 to the end of what begins so.
  private static final int EMBEDDED_MACS = 0x9800;

  private final ResourceAdapter adapter;
  private final VpcsEngine engine;
  private final MacOffsets macs;
  private Optional<VpcsProgram> program = Optional.empty();
  private String reason = "";

  public VpcsConnector(ResourceAdapter adapter) {
    this(adapter, VpcsEngine.of(adapter.config().vpcsEngine()));
  }

  VpcsConnector(ResourceAdapter adapter, VpcsEngine engine) {
    this.adapter = adapter;
    this.engine = engine;
    macs =
        new MacOffsets(
            MacOffsets.first(
                adapter.config().consoleAddress(), adapter.config().firstConsolePort()),
            engine == VpcsEngine.EMBEDDED ? EMBEDDED_MACS : PROCESS_MACS);
    if (engine == VpcsEngine.PROCESS) {
      probe();
    }
  }

  private void probe() {
    String name = adapter.config().vpcs();
    Optional<Path> found = Programs.find(name);
    if (found.isEmpty()) {
      reason = "The program '" + name + "' is not installed; VPCS nodes need it";
      return;
    }
    try {
      program = Optional.of(VpcsProgram.probe(found.get()));
    } catch (IOException e) {
      reason = "VPCS cannot be used: " + e.getMessage();
    }
  }

  @Override
  public NodeKind kind() {
    return NodeKinds.VPCS;
  }

  @Override
  public synchronized Optional<String> unavailable() {
    if (engine == VpcsEngine.EMBEDDED) {
      return Optional.empty();
    }
    if (program.isEmpty()) {
      // It may have been installed since.
      probe();
    }
    return program.isPresent() ? Optional.empty() : Optional.of(reason);
  }

  @Override
  public String createSchema() {
    return SchemaResource.read(VpcsConnector.class, "create.schema.json");
  }

  @Override
  public String updateSchema() {
    return SchemaResource.read(VpcsConnector.class, "update.schema.json");
  }

  @Override
  public EmulatedNode create(NodeSite site, JsonObject settings) {
    return new VpcsNode(this, adapter, site, VpcsSettings.of(settings));
  }

  /**
   * Has a virtual PC come up, in the engine that is configured.
   *
   * @throws LabException (CONFLICT) if it does not; nothing is left then
   */
  RunningPc launch(Path directory, int macOffset) {
    return engine == VpcsEngine.EMBEDDED
        ? new EmbeddedPc(adapter, directory, macOffset, Optional.empty())
        : VpcsConnection.launch(adapter, program(), directory, macOffset);
  }

  /**
   * Has a virtual PC again that ran when the server was killed.
   *
   * @param state what {@link RunningPc#state} said
   * @return empty if it runs no longer and is not made again
   */
  Optional<RunningPc> adopt(Path directory, int macOffset, JsonObject state) {
    if (!state.containsKey(EmbeddedPc.SCRIPT)) {
      return VpcsConnection.adopt(adapter, state).map(Function.identity());
    }
    return engine == VpcsEngine.EMBEDDED
        ? Optional.of(
            new EmbeddedPc(
                adapter,
                directory,
                macOffset,
                Optional.of(state.getString(EmbeddedPc.SCRIPT)).filter(text -> !text.isEmpty())))
        : Optional.empty();
  }

  synchronized VpcsProgram program() {
    unavailable()
        .ifPresent(
            why -> {
              throw LabException.conflict(why);
            });
    return program.orElseThrow();
  }

  int leaseMacOffset() {
    return macs.lease();
  }

  int leaseMacOffset(int wanted) {
    return macs.lease(wanted);
  }

  void releaseMacOffset(int offset) {
    macs.release(offset);
  }
}
