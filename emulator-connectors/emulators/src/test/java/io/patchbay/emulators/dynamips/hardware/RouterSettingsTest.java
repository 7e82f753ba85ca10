package io.patchbay.emulators.dynamips.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterSettingsTest {
  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  @ParameterizedTest
  @EnumSource(Platform.class)
  void everyPlatformHasDefaultsThatItMayHave(Platform platform) {
    RouterSettings settings = RouterSettings.initial(platform);
    assertEquals(settings, settings.with(settings.values()));
    assertEquals(platform == Platform.C7200, settings.has("npe"));
    assertEquals(platform != Platform.C7200, settings.has("iomem"));
  }

  @Test
  void whatThePlatformLacksAndWhatIsNullIsPassedOver() {
    RouterSettings settings =
        RouterSettings.initial(Platform.C3745)
            .with(json("{\"npe\": \"npe-g2\", \"ram\": null, \"iomem\": 25}"));
    assertFalse(settings.has("npe"));
    assertEquals(128, settings.number("ram"));
    assertEquals(25, settings.number("iomem"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ram\": 0}",
        "{\"ram\": -1}",
        "{\"ram\": 5000}",
        "{\"ram\": 4294967424}",
        "{\"nvram\": 0}",
        "{\"disk0\": -1}",
        "{\"clock_divisor\": 0}",
        "{\"idlemax\": 0}",
        "{\"idlepc\": \"0x12345678901234567\"}",
        "{\"system_id\": \"A B\"}",
        "{\"system_id\": \"A\\\"\"}",
        "{\"system_id\": \"\"}",
        "{\"sensors\": [22, 22, 22]}",
        "{\"sensors\": [22, 22, 22, \"x\"]}",
        "{\"sensors\": [22, 22, 22, 1.5]}",
        "{\"power_supplies\": [1, 2]}",
        "{\"power_supplies\": [1]}"
      })
  void valuesOutOfRangeAreRefused(String request) {
    RouterSettings settings = RouterSettings.initial(Platform.C7200);
    LabException refusal = assertThrows(LabException.class, () -> settings.with(json(request)));
    assertEquals(ErrorCode.CONFLICT, refusal.code());
  }
}
