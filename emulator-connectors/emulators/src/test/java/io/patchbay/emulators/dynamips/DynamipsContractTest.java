package io.patchbay.emulators.dynamips;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.Frames;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.Passage;
import io.patchbay.testkit.router.RouterImage;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** With the Dynamips that is installed, and an image of our own in it; skipped if there is none. */
class DynamipsContractTest extends ConnectorContract {
  private static final PortAddress PORT = new PortAddress(0, 0);

  private ResourceAdapter adapter;

  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    TestRouter.provide(adapter);
    this.adapter = adapter;
    shareTables();
    return new DynamipsConnector(adapter);
  }

  @AfterEach
  void shareTables() {
    try {
      TestRouter.shareTables(adapter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(Behaviour.ONE_LINK_PER_PORT, Behaviour.PORTS_BEFORE_LINKS);
  }

  @Override
  protected JsonObject settings(String name) {
    return TestRouter.settings(name).build();
  }

  /** A hypervisor's log is named by the node. */
  @Override
  protected List<ProcessHandle> processes(JsonObject node) {
    return NodeProcesses.mentioning(node.getString("node_id") + "/");
  }

  @Override
  protected List<Passage> passages() {
    byte[] frame = Frames.ip("02:00:00:00:00:02", "02:00:00:00:00:01", "there and back");
    byte[] marked = frame.clone();
    marked[14] = RouterImage.MARK;
    return List.of(new Passage(PORT, frame, PORT, back -> Arrays.equals(back, marked)));
  }

  @Override
  protected Map.Entry<String, String> conversation() {
    return Map.entry("say so", "SAY SO");
  }
}
