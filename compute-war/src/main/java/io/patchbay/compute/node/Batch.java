package io.patchbay.compute.node;

import io.patchbay.server.http.Blocking;
import io.patchbay.server.http.ErrorBody;
import io.patchbay.server.http.StatusCodes;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Requests that ask for many things at once, none of which depends on another. */
final class Batch {
  private Batch() {}

  /**
   * Does all, at the same time, and answers for each in their order: with what was made and {@code
   * "status": 201}, or with the error body that it would have got alone.
   */
  static CompletionStage<JsonArray> run(
      List<JsonObject> items, Function<JsonObject, JsonObject> making) {
    return Blocking.call(
        () -> {
          JsonArrayBuilder answers = Json.createArrayBuilder();
          Tasks.map(items, item -> one(item, making)).forEach(answers::add);
          return answers.build();
        });
  }

  private static JsonObject one(JsonObject item, Function<JsonObject, JsonObject> making) {
    try {
      return Json.createObjectBuilder(making.apply(item)).add("status", 201).build();
    } catch (LabException refused) {
      return ErrorBody.of(
          StatusCodes.http(refused.code()), refused.getMessage(), refused.details());
    }
  }
}
