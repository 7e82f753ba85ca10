package io.patchbay.emulators.traceng;

import io.patchbay.emulators.SchemaResource;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** TraceNG, a program for Windows that traces the way to a host. */
public final class TraceNgConnector implements EmulatorConnector {
  private final ResourceAdapter adapter;
  private final boolean windows;
  private final String program;

  public TraceNgConnector(ResourceAdapter adapter) {
    this(
        adapter,
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows"),
        adapter.config().traceNg());
  }

  /**
   * @param windows whether TraceNG can run here
   * @param program a path, or a name on the {@code PATH}
   */
  TraceNgConnector(ResourceAdapter adapter, boolean windows, String program) {
    this.adapter = adapter;
    this.windows = windows;
    this.program = program;
  }

  @Override
  public NodeKind kind() {
    return NodeKinds.TRACENG;
  }

  /** Nodes can be made everywhere; it is their start that needs the program. */
  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public String createSchema() {
    return SchemaResource.read(TraceNgConnector.class, "create.schema.json");
  }

  @Override
  public String updateSchema() {
    return SchemaResource.read(TraceNgConnector.class, "update.schema.json");
  }

  @Override
  public EmulatedNode create(NodeSite site, JsonObject settings) {
    return new TraceNgNode(this, adapter, site, TraceSettings.NONE.with(settings));
  }

  /**
   * @throws LabException (CONFLICT) if TraceNG cannot run here
   */
  String program() {
    if (!windows) {
      throw LabException.conflict("TraceNG is a program for Windows alone");
    }
    return program;
  }
}
