package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.LabException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BlockingTest {
  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void whatIsDoneWithAnAnswerIsNotDoneByWhoAskedForIt() throws Exception {
    CompletionStage<String> answer = Blocking.call(() -> "there");
    assertEquals("there", await(answer));
    assertFalse(answer.toCompletableFuture().isDone(), "who asks would send it");
    CompletableFuture<Thread> sender = new CompletableFuture<>();
    answer.whenComplete((text, failure) -> sender.complete(Thread.currentThread()));
    assertNotSame(Thread.currentThread(), await(sender));
    assertTrue(await(sender).isVirtual());
  }

  @Test
  void failuresComeAsTheyAre() throws Exception {
    LabException refused = LabException.conflict("no");
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Blocking.call(
            () -> {
              throw refused;
            })
        .whenComplete((answer, thrown) -> failure.complete(thrown));
    assertSame(refused, await(failure));
  }
}
