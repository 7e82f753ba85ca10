package io.patchbay.controller.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.controller.node.ApplicationIds.Holder;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApplicationIdsTest {
  private final List<Holder> holders = new ArrayList<>();
  private final ApplicationIds ids = new ApplicationIds(holders::stream);
  private int made;

  private static JsonObject node(String id, String type, JsonObject properties) {
    return Json.createObjectBuilder()
        .add("node_id", id)
        .add("node_type", type)
        .add("properties", properties)
        .build();
  }

  private static JsonObject wanting(int id) {
    return Json.createObjectBuilder().add("path", "x.bin").add("application_id", id).build();
  }

  private int chosen(String compute, JsonObject properties) {
    return ids.reserve(compute, node("N" + made++, "iou", properties))
        .getJsonObject("properties")
        .getInt("application_id");
  }

  private int chosen(String compute) {
    return chosen(compute, Json.createObjectBuilder().add("path", "x.bin").build());
  }

  @Test
  void othersStayAsTheyAre() {
    JsonObject pc = node("N1", "vpcs", Json.createObjectBuilder().build());
    assertSame(pc, ids.reserve("local", pc));
  }

  @Test
  void eachIsTheFirstThatNobodyHas() {
    assertEquals(1, chosen("local"));
    assertEquals(2, chosen("far"));
    holders.add(new Holder("other", 3));
    assertEquals(4, chosen("local"));
    ids.settled("N0");
    assertEquals(1, chosen("far"), "the node was not made after all");
  }

  @Test
  void theOneThatIsWantedIsGivenIfNobodyHasIt() {
    assertEquals(7, chosen("local", wanting(7)));
    assertEquals(1, chosen("far", wanting(7)));
    assertEquals(2, chosen("local", wanting(519)), "the bridge of 7 has it");
    assertEquals(519, chosen("far", wanting(519)));
    for (int wrong : new int[] {0, -5, 1025, 70_000}) {
      assertEquals(made - 1, chosen("local", wanting(wrong)));
    }
  }

  @Test
  void twoComputesHaveRoomForTwiceAsMany() {
    IntStream.rangeClosed(1, 512).forEach(id -> holders.add(new Holder("local", id)));
    assertEquals(513, chosen("far"));
    assertEquals(
        ErrorCode.CONFLICT, assertThrows(LabException.class, () -> chosen("local")).code());
    IntStream.rangeClosed(514, 1024).forEach(id -> holders.add(new Holder("far", id)));
    assertThrows(LabException.class, () -> chosen("third"));
  }

  @Test
  void propertiesStay() {
    JsonObject given = Json.createObjectBuilder().add("path", "x.bin").add("ram", 5).build();
    JsonObject properties =
        ids.reserve("local", node("N1", "iou", given)).getJsonObject("properties");
    assertEquals("x.bin", properties.getString("path"));
    assertEquals(5, properties.getInt("ram"));
  }
}
