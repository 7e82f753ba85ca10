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
import java.util.BitSet;
import java.util.Optional;

/** Virtual PCs, run by the VPCS program of the machine. */
public final class VpcsConnector implements EmulatorConnector {
  private static final int MAC_OFFSETS = 256;

  private final ResourceAdapter adapter;
  private final BitSet macOffsets = new BitSet(MAC_OFFSETS);
  private Optional<VpcsProgram> program = Optional.empty();
  private String reason = "";

  public VpcsConnector(ResourceAdapter adapter) {
    this.adapter = adapter;
    probe();
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

  synchronized VpcsProgram program() {
    unavailable()
        .ifPresent(
            why -> {
              throw LabException.conflict(why);
            });
    return program.orElseThrow();
  }

  /** A last byte for a MAC address that no other virtual PC of this compute has. */
  synchronized int leaseMacOffset() {
    int free = macOffsets.nextClearBit(0);
    if (free >= MAC_OFFSETS) {
      throw LabException.conflict(
          "This compute has its "
              + MAC_OFFSETS
              + " virtual PCs, as many as VPCS has addresses for");
    }
    macOffsets.set(free);
    return free;
  }

  /** This last byte, which a node of this compute had; another one if it is taken after all. */
  synchronized int leaseMacOffset(int wanted) {
    if (wanted < 0 || wanted >= MAC_OFFSETS || macOffsets.get(wanted)) {
      return leaseMacOffset();
    }
    macOffsets.set(wanted);
    return wanted;
  }

  synchronized void releaseMacOffset(int offset) {
    macOffsets.clear(offset);
  }
}
