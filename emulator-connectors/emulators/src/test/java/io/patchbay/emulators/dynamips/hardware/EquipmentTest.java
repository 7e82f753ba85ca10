package io.patchbay.emulators.dynamips.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.emulators.device.Carrier;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquipmentTest {
  private static Equipment bare(String platform, String model) {
    return Equipment.of(Chassis.of(Platform.named(platform), Optional.ofNullable(model)));
  }

  private static JsonObject cards(String... namesAndCards) {
    JsonObjectBuilder request = Json.createObjectBuilder();
    for (int i = 0; i < namesAndCards.length; i += 2) {
      request.add(namesAndCards[i], namesAndCards[i + 1]);
    }
    return request.build();
  }

  private static void refused(Runnable request) {
    assertEquals(ErrorCode.CONFLICT, assertThrows(LabException.class, request::run).code());
  }

  @ParameterizedTest
  @CsvSource({
    "c1700,,1,2",
    "c1700,1760,2,2",
    "c2600,,2,3",
    "c2600,2651XM,2,3",
    "c2691,,2,3",
    "c3600,,4,0",
    "c3600,3620,2,0",
    "c3600,3660,7,0",
    "c3725,,3,3",
    "c3745,,5,3",
    "c7200,,7,0"
  })
  void chassisHaveTheirSlots(String platform, String model, int slots, int wics) {
    Equipment equipment = bare(platform, model);
    assertEquals(slots, equipment.cards().size());
    assertEquals(wics, equipment.wics().size());
  }

  @ParameterizedTest
  @CsvSource({"c3600,3650", "c2600,2699", "c1700,1710", "c7200,7206", "c3745,3745"})
  void chassisThatThereAreNotAreRefused(String platform, String model) {
    refused(() -> bare(platform, model));
  }

  @ParameterizedTest
  @CsvSource({
    "c7200,,slot0,C7200-IO-2FE", "c7200,,slot6,PA-A1", "c7200,,slot1,PA-4T+",
        "c3600,3640,slot0,NM-4E",
    "c3600,3660,slot6,NM-4T", "c3745,,slot4,NM-16ESW", "c3725,,slot2,NM-1FE-TX",
        "c2691,,slot1,NM-4T",
    "c2600,,slot1,NM-1E", "c2600,,slot0,C2600-MB-2FE", "c3745,,slot0,GT96100-FE",
        "c1700,,wic1,WIC-1ENET",
    "c2600,,wic2,WIC-2T", "c3745,,wic0,WIC-1T"
  })
  void whatFitsIsTaken(String platform, String model, String place, String card) {
    bare(platform, model).with(cards(place, card));
  }

  @ParameterizedTest
  @CsvSource({
    "c7200,,slot0,PA-FE-TX", "c7200,,slot1,C7200-IO-FE", "c7200,,slot1,NM-4T",
        "c7200,,slot1,nonsense",
    "c7200,,wic0,WIC-1T", "c3600,3660,slot0,NM-4E", "c3600,3620,slot2,NM-1E", "c3745,,slot0,NM-4T",
    "c3745,,slot5,NM-4T", "c3745,,slot1,NM-4E", "c2600,,slot1,NM-4T", "c2691,,slot1,PA-8T",
    "c2691,,wic0,WIC-1ENET", "c2691,,wic0,nonsense", "c1700,,slot1,NM-1E"
  })
  void whatDoesNotFitIsRefused(String platform, String model, String place, String card) {
    refused(() -> bare(platform, model).with(cards(place, card)));
  }

  @Test
  void portsAreNumberedBySlotAndWic() {
    Equipment router =
        bare("c3745", null).with(cards("slot1", "NM-4T", "wic1", "WIC-2T", "wic2", "WIC-1T"));
    assertEquals(
        List.of("0/0", "0/1", "1/0", "1/1", "1/2", "1/3", "0/32", "0/33", "0/48"),
        router.ports().keySet().stream().map(PortAddress::toString).toList());
    assertEquals(Carrier.ETHERNET, router.ports().get(new PortAddress(0, 1)));
    assertEquals(Carrier.SERIAL, router.ports().get(new PortAddress(1, 0)));
    assertEquals(Carrier.SERIAL, router.ports().get(new PortAddress(0, 33)));
  }

  @Test
  void nothingEmptiesAPlaceAndWhatIsBuiltInStays() {
    Equipment full = bare("c3745", null).with(cards("slot1", "NM-4T", "wic0", "WIC-1T"));
    JsonObject nothing =
        Json.createObjectBuilder()
            .add("slot0", JsonValue.NULL)
            .add("slot1", JsonValue.NULL)
            .add("wic0", "")
            .add("slot6", "")
            .build();
    assertEquals(bare("c3745", null), full.with(nothing));
  }

  @Test
  void someCardsMoveWhileTheRouterRuns() {
    Equipment big = bare("c7200", null).with(cards("slot1", "PA-4E"));
    assertEquals(
        List.of(
            new Equipment.Move(1, Card.PA_4E, false),
            new Equipment.Move(1, Card.PA_4T, true),
            new Equipment.Move(2, Card.PA_A1, true)),
        big.movesWhileRunning(big.with(cards("slot1", "PA-4T+", "slot2", "PA-A1"))));
    refused(() -> big.movesWhileRunning(big.with(cards("slot0", "C7200-IO-FE"))));

    Equipment serial = bare("c3745", null);
    serial.movesWhileRunning(serial.with(cards("slot1", "NM-4T")));
    refused(() -> serial.movesWhileRunning(serial.with(cards("slot1", "NM-1FE-TX"))));
    refused(() -> serial.movesWhileRunning(serial.with(cards("wic0", "WIC-1T"))));

    Equipment small = bare("c3600", "3640");
    refused(() -> small.movesWhileRunning(small.with(cards("slot1", "NM-4T"))));
    Equipment large = bare("c3600", "3660");
    large.movesWhileRunning(large.with(cards("slot1", "NM-4T")));
  }
}
