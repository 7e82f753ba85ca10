package io.patchbay.controller.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.testkit.Deadline;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the controller keeps the connection to a compute, and what its requests come to. */
class ComputeFollowerTest {
  private static final JsonObject BODY = Json.createObjectBuilder().add("x", 1).build();

  @TempDir private Path directory;
  private final FakeCompute fake = new FakeCompute();
  private FollowedCompute followed;

  private Compute follow() {
    followed = new FollowedCompute(fake, errands());
    return followed.compute();
  }

  private Path errands() {
    return directory.resolve("run/errands.json");
  }

  @AfterEach
  void end() {
    if (followed != null) {
      followed.close();
    }
    fake.close();
  }

  private static JsonObject message(String action) {
    return Json.createObjectBuilder().add("action", action).build();
  }

  private void awaitNews(String... wanted) {
    Deadline.await("the news", () -> followed.news().size() >= wanted.length);
    assertEquals(List.of(wanted), followed.news());
  }

  @Test
  void whatAComputeTellsIsHeard() {
    fake.open();
    Compute compute = follow();
    followed.awaitConnected();
    fake.answers(request -> FakeCompute.Answer.of(BODY));
    assertEquals(BODY, compute.client().post("/projects", BODY));
    assertEquals(BODY, fake.requests().getLast().body());
    awaitNews("connected");
    fake.tell(message("one"));
    fake.tell(message("two"));
    awaitNews("connected", "one", "two");
    assertEquals("2.2.60", compute.describe().getJsonObject("capabilities").getString("version"));
  }

  @Test
  void aComputeThatComesLaterIsFound() {
    Compute compute = follow();
    followed.awaitAway();
    assertThrows(ComputeAway.class, compute::requireReachable);
    assertThrows(ComputeAway.class, () -> compute.client().get("/version"));
    assertFalse(compute.describe().getBoolean("connected"));
    fake.open();
    followed.awaitConnected();
    awaitNews("connected");
  }

  @Test
  void aComputeThatGoesIsFoundAgainAndToldWhatItMissed() {
    fake.open();
    Compute compute = follow();
    followed.awaitConnected();
    compute.eventually("DELETE", "/projects/0", JsonValue.EMPTY_JSON_OBJECT);
    fake.leave();
    followed.awaitAway();
    awaitNews("connected", "away");
    compute.eventually("DELETE", "/projects/1", JsonValue.EMPTY_JSON_OBJECT);
    compute.eventually("PUT", "/projects/2", BODY);
    compute.eventually("DELETE", "/projects/1", JsonValue.EMPTY_JSON_OBJECT);
    fake.answers(request -> FakeCompute.Answer.refusal(404, "nothing is known of that"));
    fake.open();
    followed.awaitConnected();
    awaitNews("connected", "away", "connected");
    assertEquals(
        List.of("DELETE /projects/0", "DELETE /projects/1", "PUT /projects/2"),
        fake.requests().stream().map(Object::toString).toList());
    assertEquals(BODY, fake.requests().getLast().body());
  }

  @Test
  void whatAnAbsentComputeMustBeToldOutlivesTheController() throws Exception {
    Compute before = follow();
    followed.awaitAway();
    before.eventually("PUT", "/projects/2", BODY);
    before.eventually("DELETE", "/projects/1", JsonValue.EMPTY_JSON_OBJECT);
    followed.close();

    follow();
    fake.open();
    followed.awaitConnected();
    awaitNews("connected");
    assertEquals(
        List.of("PUT /projects/2", "DELETE /projects/1"),
        fake.requests().stream().map(Object::toString).toList());
    assertEquals(BODY, fake.requests().getFirst().body());
    assertEquals("{}", Files.readString(errands()));
  }

  @Test
  void aDamagedFileOfErrandsHarmsNothing() throws Exception {
    Files.createDirectories(errands().getParent());
    Files.writeString(errands(), "{\"c1\": [{\"method\"");
    fake.open();
    follow();
    followed.awaitConnected();
    assertEquals(List.of(), fake.requests());
  }

  @Test
  void whoWaitsForAComputeThatHangsIsToldSo() {
    fake.open();
    Compute compute = follow();
    followed.awaitConnected();
    fake.hang();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<JsonObject> waiting =
          CompletableFuture.supplyAsync(
              () -> compute.client().postSlowly("/x/start", JsonValue.EMPTY_JSON_OBJECT), threads);
      Deadline.await("the request", () -> !fake.requests().isEmpty());
      CompletionException failed = assertThrows(CompletionException.class, waiting::join);
      assertTrue(failed.getCause() instanceof ComputeAway, failed.toString());
    }
    followed.awaitAway();
    assertTrue(compute.absence().contains("does not answer"), compute.absence());
    compute.eventually("DELETE", "/projects/1", JsonValue.EMPTY_JSON_OBJECT);
    assertEquals(List.of(), fake.requests("DELETE"));
  }

  @Test
  void aComputeOfAnotherVersionIsNotUsed() {
    fake.version("3.0.1");
    fake.open();
    Compute compute = follow();
    Deadline.await(
        "the reason", () -> compute.describe().toString().contains("its version is 3.0.1"));
    assertFalse(compute.isConnected());
    fake.version("2.2.60");
    followed.awaitConnected();
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "408, TIMEOUT",
    "409, CONFLICT",
    "500, CONFLICT"
  })
  void refusalsComeWithTheComputesWords(int status, ErrorCode code) {
    fake.open();
    Compute compute = follow();
    followed.awaitConnected();
    fake.answers(request -> FakeCompute.Answer.refusal(status, "words of its own"));
    LabException refused =
        assertThrows(LabException.class, () -> compute.client().delete("/projects/1"));
    assertEquals(code, refused.code());
    assertFalse(refused instanceof ComputeAway);
    if (status != 404) {
      assertTrue(refused.getMessage().contains("words of its own"), refused.getMessage());
    }
    assertTrue(compute.isConnected());
  }
}
