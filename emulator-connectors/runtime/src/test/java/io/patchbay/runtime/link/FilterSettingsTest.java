package io.patchbay.runtime.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.netstack.bpf.Libpcap;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.LinkSettings;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterSettingsTest {

  private static final Set<DataLinkType> ETHERNET = Set.of(DataLinkType.EN10MB);
  private static final Set<DataLinkType> SERIAL =
      Set.of(DataLinkType.C_HDLC, DataLinkType.PPP_SERIAL, DataLinkType.FRELAY);

  private static List<String> stages(boolean suspended, String filters) {
    return stages(suspended, filters, ETHERNET);
  }

  private static List<String> stages(boolean suspended, String filters, Set<DataLinkType> carries) {
    JsonObject json = Json.createReader(new StringReader(filters)).readObject();
    Map<String, JsonArray> lists = new HashMap<>();
    json.forEach((name, values) -> lists.put(name, values.asJsonArray()));
    return FilterSettings.stages(new LinkSettings(suspended, lists), carries).stream()
        .map(stage -> stage.getClass().getSimpleName())
        .toList();
  }

  @Test
  void nothingHoldsBackWhatIsDroppedAnyway() {
    assertEquals(
        List.of("FrequencyDrop", "PacketLoss", "Corrupt", "Bandwidth", "Delay"),
        stages(
            false,
            """
            {"delay": [10, "5"], "bandwidth": [64], "corrupt": [1], "packet_loss": ["10"],
             "frequency_drop": [-1]}
            """));
    assertEquals(List.of(), stages(false, "{}"));
  }

  @Test
  void aSuspendedLinkNeedsNoOtherFilter() {
    assertEquals(List.of("FrequencyDrop"), stages(true, "{\"delay\": [10]}"));
  }

  @Test
  void bpfTakesAnExpressionALine() {
    assumeTrue(Libpcap.find().isPresent(), "libpcap is not installed");
    assertEquals(List.of("BpfDrop"), stages(false, "{\"bpf\": [\"tcp\\n\\n udp port 5 \\n\"]}"));
    LabException wrong =
        assertThrows(
            LabException.class, () -> stages(false, "{\"bpf\": [\"ip\\nno such thing\"]}"));
    assertEquals(ErrorCode.CONFLICT, wrong.code());
    assertTrue(wrong.getMessage().contains("no such thing"), wrong.getMessage());
  }

  @Test
  void bpfOfSerialLinksIsForAllTheirEncapsulations() {
    assumeTrue(Libpcap.find().isPresent(), "libpcap is not installed");
    assertEquals(List.of("SerialBpfDrop"), stages(false, "{\"bpf\": [\"udp port 5\"]}", SERIAL));
    String refused =
        assertThrows(
                LabException.class,
                () -> stages(false, "{\"bpf\": [\"ether host 02:00:00:00:00:01\"]}", SERIAL))
            .getMessage();
    assertTrue(refused.contains("DLT_C_HDLC"), refused);
    refused =
        assertThrows(
                LabException.class,
                () -> stages(false, "{\"bpf\": [\"ip\"]}", Set.of(DataLinkType.ATM_RFC1483)))
            .getMessage();
    assertTrue(refused.contains("ATM"), refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host 10.0.0.1 or net 10.1.0.0/16",
        "ether host 00:1b:44:11:3A:b7 and not ip6 host fe80::1",
        "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and len - 14 > 0x40",
        "icmp[icmptype] == icmp-echo or portrange 80-90",
        "udp port domain",
        "ether proto \\\\arp"
      })
  void bpfTakesAddressesAndWordsOfItsOwn(String expression) {
    assumeTrue(Libpcap.find().isPresent(), "libpcap is not installed");
    assertEquals(List.of("BpfDrop"), stages(false, "{\"bpf\": [\"" + expression + "\"]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host example.org",
        "src gateway-1",
        "net cafe",
        "host 10.0.0.1 or www.example.org"
      })
  void bpfLooksNoHostUp(String expression) {
    assumeTrue(Libpcap.find().isPresent(), "libpcap is not installed");
    LabException refused =
        assertThrows(
            LabException.class, () -> stages(false, "{\"bpf\": [\"" + expression + "\"]}"));
    assertTrue(refused.getMessage().contains("by address"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"latency\": [5]}",
        "{\"FREQUENCY_DROP\": [5]}",
        "{\"packet_loss\": []}",
        "{\"packet_loss\": [101]}",
        "{\"packet_loss\": [1.5]}",
        "{\"packet_loss\": [\"many\"]}",
        "{\"packet_loss\": [null]}",
        "{\"delay\": [1, -1]}",
        "{\"delay\": [99999999999]}",
        "{\"bandwidth\": [0]}",
        "{\"bpf\": []}",
        "{\"bpf\": [5]}"
      })
  void whatIsWrongIsRefused(String filters) {
    LabException refused = assertThrows(LabException.class, () -> stages(false, filters));
    assertEquals(ErrorCode.CONFLICT, refused.code());
  }
}
