package io.patchbay.emulators.iou;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.IolImage;
import io.patchbay.testkit.Passage;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** With a program of our own in the place of Cisco's, see {@link IolImage}. */
class IouContractTest extends ConnectorContract {
  private static final PortAddress ETHERNET = new PortAddress(0, 0);
  private static final PortAddress LAST_ETHERNET = new PortAddress(1, 3);
  private static final PortAddress SERIAL = new PortAddress(2, 1);

  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    TestIou.provide(adapter);
    return new IouConnector(adapter);
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(Behaviour.ONE_LINK_PER_PORT, Behaviour.PORTS_BEFORE_LINKS);
  }

  @Override
  protected JsonObject settings(String name) {
    return TestIou.settings(name).build();
  }

  @Override
  protected List<Passage> passages() {
    byte[] sent = {0x0f, 0, 8, 0, 1, 2, 3};
    byte[] back = sent.clone();
    back[0] ^= (byte) 0x80;
    return List.of(
        Passage.answeredArp(ETHERNET, IolImage.hostAt(0, 0)),
        Passage.answeredArp(LAST_ETHERNET, IolImage.hostAt(1, 3)),
        new Passage(SERIAL, sent, SERIAL, frame -> Arrays.equals(frame, back)));
  }

  @Override
  protected Map.Entry<String, String> conversation() {
    return Map.entry("say so", "SAY SO");
  }
}
