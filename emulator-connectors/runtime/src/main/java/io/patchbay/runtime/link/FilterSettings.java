package io.patchbay.runtime.link;

import io.patchbay.netstack.bpf.Libpcap;
import io.patchbay.netstack.bpf.Program;
import io.patchbay.netstack.filter.Bandwidth;
import io.patchbay.netstack.filter.BpfDrop;
import io.patchbay.netstack.filter.Corrupt;
import io.patchbay.netstack.filter.Delay;
import io.patchbay.netstack.filter.FrequencyDrop;
import io.patchbay.netstack.filter.PacketLoss;
import io.patchbay.netstack.filter.SerialBpfDrop;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.LabException;
import io.patchbay.spi.LinkSettings;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the filters of a link as the wire has them: lists of numbers, or of numbers as text. */
final class FilterSettings {
  /** Frames pass the filters in this order, so that nothing is held back that is dropped anyway. */
  private enum Kind {
    FREQUENCY_DROP,
    PACKET_LOSS,
    BPF,
    CORRUPT,
    BANDWIDTH,
    DELAY
  }

  private FilterSettings() {}

  /**
   * @param carries what the link's frames may begin with
   * @throws LabException (CONFLICT) for a filter that does not exist or has a wrong value
   */
  static List<LinkStage> stages(LinkSettings settings, Set<DataLinkType> carries) {
    if (settings.suspended()) {
      return List.of(FrequencyDrop.everything());
    }
    Map<Kind, LinkStage> stages = new TreeMap<>();
    settings
        .filters()
        .forEach(
            (name, values) -> {
              Kind kind = kind(name);
              stages.put(kind, stage(kind, name, values, carries));
            });
    return List.copyOf(stages.values());
  }

  private static Kind kind(String name) {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(java.util.Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    throw LabException.conflict("There is no link filter '" + name + "'");
  }

  private static LinkStage stage(
      Kind kind, String name, JsonArray values, Set<DataLinkType> carries) {
    if (kind == Kind.BPF) {
      return bpf(values, carries);
    }
    int first = number(name, values, 0);
    try {
      return switch (kind) {
        case FREQUENCY_DROP -> new FrequencyDrop(first);
        case PACKET_LOSS -> new PacketLoss(first);
        case CORRUPT -> new Corrupt(first);
        case BANDWIDTH -> new Bandwidth(first);
        case DELAY -> new Delay(first, values.size() > 1 ? number(name, values, 1) : 0);
        case BPF -> throw new IllegalArgumentException("no number");
      };
    } catch (IllegalArgumentException outOfRange) {
      throw LabException.conflict("Link filter " + name + ": " + outOfRange.getMessage());
    }
  }

  /** An expression a line; a frame that matches one of them is dropped. */
  private static LinkStage bpf(JsonArray values, Set<DataLinkType> carries) {
    if (values.isEmpty() || !(values.getFirst() instanceof JsonString text)) {
      throw LabException.conflict("Link filter bpf needs expressions, one in a line");
    }
    if (carries.contains(DataLinkType.ATM_RFC1483)) {
      // What libpcap calls that are whole packets.
      throw LabException.conflict("Link filter bpf cannot read the cells of ATM links");
    }
    List<String> lines =
        text.getString().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return carries.contains(DataLinkType.EN10MB)
        ? bpf(lines, DataLinkType.EN10MB)
        : new SerialBpfDrop(bpf(lines, DataLinkType.C_HDLC), bpf(lines, DataLinkType.PPP_SERIAL));
  }

  private static BpfDrop bpf(List<String> lines, DataLinkType type) {
    Libpcap compiler =
        Libpcap.find()
            .orElseThrow(
                () ->
                    LabException.conflict(
                        "Link filter bpf needs the library libpcap, which is not installed"));
    List<Program> programs = new ArrayList<>();
    for (String line : lines) {
      try {
        programs.add(compiler.compile(line, type.number()));
      } catch (IllegalArgumentException wrong) {
        throw LabException.conflict(
            "Link filter bpf, '%s'%s: %s"
                .formatted(
                    line,
                    type == DataLinkType.EN10MB ? "" : " for " + type.wireName(),
                    wrong.getMessage()));
      }
    }
    return new BpfDrop(programs);
  }

  private static int number(String name, JsonArray values, int index) {
    JsonValue value = index < values.size() ? values.get(index) : JsonValue.NULL;
    try {
      return switch (value) {
        case JsonNumber number -> number.intValueExact();
        case JsonString text -> Integer.parseInt(text.getString().strip());
        default -> throw new NumberFormatException();
      };
    } catch (ArithmeticException | NumberFormatException wrong) {
      throw LabException.conflict("Link filter " + name + " needs whole numbers");
    }
  }
}
