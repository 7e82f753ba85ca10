package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.spi.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {
  @Test
  void everyErrorHasOneForm() {
    assertEquals(
        "{\"status\":409,\"message\":\"say \\\"why\\\"\"}",
        ErrorBody.of(409, "say \"why\"").toString());
  }

  @Test
  void detailsAreAdded() {
    var body = ErrorBody.of(409, "x", Map.of("image", "a.img", "more", Json.createValue(1)));
    assertEquals("a.img", body.getString("image"));
    assertEquals(1, body.getInt("more"));
  }
}
