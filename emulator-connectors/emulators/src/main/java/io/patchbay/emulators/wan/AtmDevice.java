package io.patchbay.emulators.wan;

import io.patchbay.netstack.device.AtmSwitch;
import io.patchbay.netstack.device.AtmSwitch.Channel;
import io.patchbay.netstack.device.AtmSwitch.Path;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.spi.DataLinkType;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;

/**
 * An ATM switch; its mappings are such as {@code "1:0:100": "2:0:200"}, port, VPI and VCI, or
 * {@code "1:10": "2:20"}, whole paths.
 */
final class AtmDevice implements WanDevice {
  private final AtmSwitch device = new AtmSwitch();

  @Override
  public DataLinkType captures() {
    return DataLinkType.ATM_RFC1483;
  }

  @Override
  public void configure(JsonObject mappings) {
    Map<Path, Path> paths = new HashMap<>();
    Map<Channel, Channel> channels = new HashMap<>();
    for (Map.Entry<String, JsonValue> mapping : mappings.entrySet()) {
      String shown = mapping.getKey();
      if (shown.chars().filter(c -> c == ':').count() == 1) {
        CircuitEnd.Pair ends = CircuitEnd.pair(mapping, AtmSwitch.MAX_PATH);
        CircuitEnd.connect(paths, path(ends.one()), path(ends.other()), shown);
      } else {
        CircuitEnd.Pair ends = CircuitEnd.pair(mapping, AtmSwitch.MAX_PATH, AtmSwitch.MAX_CHANNEL);
        CircuitEnd.connect(channels, channel(ends.one()), channel(ends.other()), shown);
      }
    }
    device.configure(paths, channels);
  }

  private static Path path(CircuitEnd end) {
    return new Path(end.port(), end.numbers().getFirst());
  }

  private static Channel channel(CircuitEnd end) {
    return new Channel(end.port(), end.numbers().getFirst(), end.numbers().getLast());
  }

  @Override
  public void attach(int port, LinkEnd end) {
    device.attach(port, end);
  }

  @Override
  public void detach(int port) {
    device.detach(port);
  }
}
