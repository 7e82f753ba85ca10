package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BodyArrivalTest {
  private static final String BODY = "{\"name\": \"lab\"}";
  private final List<String> seen = new ArrayList<>();
  private final FilterChain chain = (request, response) -> seen.add(text(request));

  private static String text(ServletRequest request) throws IOException {
    return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static InputStream body() {
    return new ByteArrayInputStream(BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream broken() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("gone");
      }
    };
  }

  private void await(int places, FakeExchange exchange) throws Exception {
    exchange.headers.putIfAbsent("Length", "" + BODY.length());
    TrackedRequest request = new TrackedRequest(exchange.request());
    new BodyArrival(held -> true, places).await(request, exchange.answer(), chain);
    request.filtered();
  }

  @Test
  void aThreadWaitsWhereThereIsAPlace() throws Exception {
    await(1, new FakeExchange(body()));
    assertEquals(List.of(BODY), seen);
  }

  @Test
  void aPlaceIsThereAgainForTheNext() throws Exception {
    BodyArrival arrival = new BodyArrival(held -> true, 1);
    for (int i = 0; i < 3; i++) {
      FakeExchange exchange = new FakeExchange(body());
      exchange.headers.put("Transfer-Encoding", "chunked");
      arrival.await(exchange.request(), exchange.answer(), chain);
    }
    assertEquals(List.of(BODY, BODY, BODY), seen);
  }

  @Test
  void whatIsStreamedIsNotWaitedFor() throws Exception {
    FakeExchange exchange = new FakeExchange(body());
    exchange.headers.put("Length", "" + BODY.length());
    HttpServletRequest request = exchange.request();
    new BodyArrival(held -> false, 1)
        .await(request, exchange.answer(), (passed, answer) -> assertSame(request, passed));
  }

  @Test
  void whatHasNoBodyGoesOn() throws Exception {
    FakeExchange exchange = new FakeExchange(body());
    exchange.headers.put("Length", "0");
    await(0, exchange);
    assertEquals(1, seen.size());
    assertNull(exchange.dispatched.peek());
  }

  /** The request goes on by its path as the client wrote it. */
  @Test
  void theServersThreadsDoNotWaitWhereThereIsNoPlace() throws Exception {
    PipedOutputStream client = new PipedOutputStream();
    FakeExchange exchange = new FakeExchange(new PipedInputStream(client));
    exchange.headers.put("Query", "x=1");
    await(0, exchange);
    assertEquals(List.of(), seen);
    assertNull(exchange.dispatched.peek());
    client.write(BODY.getBytes(StandardCharsets.UTF_8));
    client.close();
    assertEquals("/projects/a%20b?x=1", exchange.dispatched.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void whoLeavesIsForgotten() throws Exception {
    FakeExchange exchange = new FakeExchange(broken());
    await(0, exchange);
    assertTrue(exchange.complete.await(30, TimeUnit.SECONDS));
    assertNull(exchange.dispatched.peek());
  }

  @Test
  void whatIsTooLargeIsRefusedEitherWay() throws Exception {
    for (int places : List.of(0, 1)) {
      FakeExchange exchange = new FakeExchange(new ByteArrayInputStream(new byte[(64 << 20) + 1]));
      await(places, exchange);
      if (places == 0) {
        assertTrue(exchange.complete.await(30, TimeUnit.SECONDS));
      }
      assertEquals(413, exchange.status());
      assertEquals("close", exchange.told.get("Connection"));
      assertEquals(List.of(), seen);
      assertNull(exchange.dispatched.peek());
    }
  }

  @Test
  void aBodyThatEndsEarlyIsRefused() throws Exception {
    FakeExchange exchange = new FakeExchange(broken());
    await(1, exchange);
    assertEquals(400, exchange.status());
    assertTrue(exchange.sentText().contains("ended early"));
  }
}
