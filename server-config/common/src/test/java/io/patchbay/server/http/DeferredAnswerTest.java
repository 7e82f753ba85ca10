package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import java.io.ByteArrayInputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeferredAnswerTest {
  private final FakeExchange exchange = new FakeExchange(new ByteArrayInputStream(new byte[0]));
  private final TrackedRequest request = new TrackedRequest(exchange.request());
  private final DeferredAnswer answer = new DeferredAnswer(request, exchange.answer());

  @Test
  void smallOnesAreSentByWhoeverWroteThem() throws Exception {
    answer.getOutputStream().write(new byte[100]);
    answer.getOutputStream().flush();
    assertEquals(0, exchange.sent());
    answer.send();
    assertEquals(100, exchange.sent());
    assertSame(Thread.currentThread(), exchange.sender);
    assertFalse(request.isAsynchronous());
  }

  @Test
  void largeOnesAreSentByAThreadOfTheirOwnAndEndThen() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    request.whenAnswered(ended::incrementAndGet);
    answer.getOutputStream().write(new byte[100_000]);
    answer.send();
    request.filtered();
    assertTrue(exchange.complete.await(30, TimeUnit.SECONDS));
    assertEquals(100_000, exchange.sent());
    assertTrue(exchange.sender.isVirtual());
    assertEquals("100000", exchange.told.get("setContentLength"));
    assertEquals(1, ended.get());
  }

  @Test
  void whatOthersWriteGoesOutAtOnce() throws Exception {
    request.startAsync();
    answer.getOutputStream().write(new byte[100_000]);
    assertEquals(100_000, exchange.sent());
    answer.send();
    assertEquals(100_000, exchange.sent());
  }

  @Test
  void whatIsTooLargeToHoldGoesOutAsItComes() throws Exception {
    byte[] piece = new byte[1 << 20];
    for (int i = 0; i < 20; i++) {
      answer.getOutputStream().write(piece);
    }
    assertEquals(20 << 20, exchange.sent());
    answer.send();
    assertEquals(20 << 20, exchange.sent());
    assertFalse(request.isAsynchronous());
  }

  @Test
  void whatIsTakenBackIsNotSent() throws Exception {
    answer.getOutputStream().write(1);
    answer.resetBuffer();
    answer.getOutputStream().write(1);
    answer.reset();
    answer.getOutputStream().write(1);
    answer.sendError(404);
    answer.send();
    assertEquals(0, exchange.sent());
    assertEquals("404", exchange.told.get("sendError"));
  }

  @Test
  void aRequestEndsOnceWhetherOrNotItsFiltersKnow() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    request.whenAnswered(ended::incrementAndGet);
    request.startAsync().complete();
    assertEquals(1, ended.get());
    request.filtered();
    assertEquals(1, ended.get());
  }

  @Test
  void otherThreadsEndNoRequestBeforeItsFiltersAreDone() throws Exception {
    AsyncContext context = request.startAsync();
    Thread other = Thread.ofVirtual().start(context::complete);
    assertFalse(exchange.complete.await(50, TimeUnit.MILLISECONDS));
    request.filtered();
    assertTrue(exchange.complete.await(30, TimeUnit.SECONDS));
    other.join();
  }

  /** As on Payara once the client has left: it refuses, and calls no listener. */
  @Test
  void aRequestEndsThoughItsServerHasGivenItUp() {
    AtomicInteger ended = new AtomicInteger();
    request.whenAnswered(
        () -> {
          throw new IllegalStateException("there is no request any more");
        });
    request.whenAnswered(ended::incrementAndGet);
    AsyncContext context = request.startAsync();
    request.filtered();
    exchange.giveUp();
    assertThrows(IllegalStateException.class, context::complete);
    assertEquals(1, ended.get());
  }
}
