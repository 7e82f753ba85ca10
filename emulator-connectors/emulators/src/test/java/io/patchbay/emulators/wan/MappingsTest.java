package io.patchbay.emulators.wan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingsTest {
  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  @Test
  void circuitsMayBeSaidFromBothEnds() {
    new FrameRelayDevice().configure(json("{'1:101': '2:202', '2:202': '1:101'}"));
    new AtmDevice().configure(json("{'1:0:100': '2:0:200', '2:0:200': '1:0:100', '1:5': '2:6'}"));
    new FrameRelayDevice().configure(json("{'1:16': '1:17'}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'1': '2:202'}",
        "{'1:101': '2'}",
        "{'1:101': 2}",
        "{'1:101': null}",
        "{'x:101': '2:202'}",
        "{'1:1024': '2:202'}",
        "{'1:0': '2:202'}",
        "{'1:-1': '2:202'}",
        "{'1:101:5': '2:202:6'}",
        "{'1:101': '2:202', '1:102': '2:202'}",
        "{'1:101': '2:202', '2:202': '3:303'}",
        "{'': ''}",
        "{'99999999999:1': '2:2'}"
      })
  void otherMappingsOfFrameRelayAreRefused(String mappings) {
    refused(new FrameRelayDevice(), mappings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'1:0:100': '2:0'}",
        "{'1:0': '2:0:100'}",
        "{'1:4096': '2:0'}",
        "{'1:0:65536': '2:0:100'}",
        "{'1:0:1:2': '2:0:1:2'}",
        "{'1:0:100': '2:0:200', '3:0:100': '2:0:200'}",
        "{'1:0:100': []}"
      })
  void otherMappingsOfAtmAreRefused(String mappings) {
    refused(new AtmDevice(), mappings);
  }

  private static void refused(WanDevice device, String mappings) {
    LabException refusal = assertThrows(LabException.class, () -> device.configure(json(mappings)));
    assertEquals(ErrorCode.CONFLICT, refusal.code());
  }
}
