package io.patchbay.controller.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class LinkFormTest {
  private static final String ID = "11111111-2222-4333-8444-555555555555";
  private static final String LEFT = "aaaaaaaa-2222-4333-8444-555555555555";
  private static final String RIGHT = "bbbbbbbb-2222-4333-8444-555555555555";

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static JsonObjectBuilder end(String nodeId, int port) {
    return Json.createObjectBuilder()
        .add("node_id", nodeId)
        .add("adapter_number", 0)
        .add("port_number", port);
  }

  private static JsonObject body(JsonArrayBuilder ends) {
    return Json.createObjectBuilder().add("nodes", ends).build();
  }

  private static JsonObject stored() {
    return LinkForm.create(
        body(Json.createArrayBuilder().add(end(LEFT, 0)).add(end(RIGHT, 3))), ID);
  }

  private static JsonObject label(JsonObject link, int end) {
    return link.getJsonArray("nodes").getJsonObject(end).getJsonObject("label");
  }

  @Test
  void linkGetsDefaults() {
    JsonObject link = stored();
    assertEquals(ID, link.getString("link_id"));
    assertTrue(link.getJsonObject("filters").isEmpty());
    assertTrue(link.getJsonObject("link_style").isEmpty());
    assertEquals(false, link.getBoolean("suspend"));
  }

  @Test
  void endsGetLabelsThatNameTheirPorts() {
    assertEquals("0/0", label(stored(), 0).getString("text"));
    assertEquals("0/3", label(stored(), 1).getString("text"));
    assertEquals(
        "font-family: TypeWriter;font-size: 10.0;font-weight: bold;"
            + "fill: #000000;fill-opacity: 1.0;",
        label(stored(), 0).getString("style"));
  }

  @Test
  void givenLabelStaysAsItIs() {
    JsonObject own = json("{'text': 'e1', 'x': 1, 'y': 2}");
    JsonObject link =
        LinkForm.create(body(Json.createArrayBuilder().add(end(LEFT, 0).add("label", own))), ID);
    assertEquals(own, label(link, 0));
  }

  @Test
  void filtersThatDoNothingAreDropped() {
    assertEquals(
        json("{'corrupt': ['5'], 'frequency_drop': [-1]}"),
        LinkForm.activeFilters(
            json(
                "{'packet_loss': [0], 'bpf': [''], 'corrupt': ['5'], 'frequency_drop': [-1],"
                    + " 'delay': []}")));
  }

  @Test
  void onlyTheFirstValueDecidesWhetherAFilterActs() {
    assertEquals(
        json("{'delay': [50, 0]}"),
        LinkForm.activeFilters(json("{'delay': [50, 0], 'packet_loss': [0, 7]}")));
  }

  @Test
  void textOfFiltersIsStrippedAndBlankTextIsNone() {
    assertEquals(
        json("{'bpf': ['icmp[icmptype] == 8']}"),
        LinkForm.activeFilters(json("{'bpf': ['icmp[icmptype] == 8\\n'], 'other': ['  ']}")));
  }

  @Test
  void numbersOfFiltersBecomeWhole() {
    assertEquals(
        json("{'delay': [10]}"),
        LinkForm.activeFilters(json("{'delay': [10.9], 'corrupt': [0.5]}")));
  }

  @Test
  void changeTakesWhatIsGivenAndKeepsTheRest() {
    JsonObject changed =
        LinkForm.change(stored(), json("{'suspend': true, 'filters': {'packet_loss': [30]}}"));
    assertTrue(changed.getBoolean("suspend"));
    assertEquals(json("{'packet_loss': [30]}"), changed.getJsonObject("filters"));
    assertEquals(changed, LinkForm.change(changed, json("{}")));
  }

  @Test
  void emptyFiltersClearThem() {
    JsonObject filtered = LinkForm.change(stored(), json("{'filters': {'packet_loss': [30]}}"));
    assertEquals(stored(), LinkForm.change(filtered, json("{'filters': {}}")));
  }

  @Test
  void endsCannotBeMovedButLabelsChange() {
    JsonObject own = json("{'text': 'left'}");
    JsonObject changed =
        LinkForm.change(
            stored(),
            body(
                Json.createArrayBuilder()
                    .add(end(LEFT, 0).add("label", own))
                    .add(end(RIGHT, 4).add("label", json("{'text': 'right'}")))));
    assertEquals(own, label(changed, 0));
    assertEquals("right", label(changed, 1).getString("text"));
    assertEquals(3, changed.getJsonArray("nodes").getJsonObject(1).getInt("port_number"));
  }
}
