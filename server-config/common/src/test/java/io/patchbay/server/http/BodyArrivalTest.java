package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyArrivalTest {
  private static final String BODY = "{\"name\": \"lab\"}";
  private final List<String> seen = new ArrayList<>();
  private final FilterChain chain = (request, response) -> seen.add(text(request));

  private static String text(ServletRequest request) throws IOException {
    return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static FakeExchange.Body body(boolean ready) {
    InputStream in = new ByteArrayInputStream(BODY.getBytes(StandardCharsets.UTF_8));
    return new FakeExchange.Body(in, ready);
  }

  private void await(int places, FakeExchange exchange) throws Exception {
    exchange.headers.putIfAbsent("Length", "" + BODY.length());
    new BodyArrival(places).await(new TrackedRequest(exchange.request()), exchange.answer(), chain);
  }

  @Test
  void aThreadWaitsWhereThereIsAPlace() throws Exception {
    await(1, new FakeExchange(body(true)));
    assertEquals(List.of(BODY), seen);
  }

  @Test
  void aPlaceIsThereAgainForTheNext() throws Exception {
    BodyArrival arrival = new BodyArrival(1);
    for (int i = 0; i < 3; i++) {
      FakeExchange exchange = new FakeExchange(body(true));
      exchange.headers.put("Transfer-Encoding", "chunked");
      arrival.await(exchange.request(), exchange.answer(), chain);
    }
    assertEquals(List.of(BODY, BODY, BODY), seen);
  }

  @Test
  void whatHasNoBodyGoesOn() throws Exception {
    FakeExchange exchange = new FakeExchange(body(true));
    exchange.headers.put("Length", "0");
    await(0, exchange);
    assertEquals(1, seen.size());
    assertTrue(exchange.dispatched.isEmpty());
  }

  /** The request goes on by its path as the client wrote it. */
  @Test
  void nobodyWaitsWhereThereIsNoPlace() throws Exception {
    FakeExchange.Body body = body(false);
    FakeExchange exchange = new FakeExchange(body);
    exchange.headers.put("Query", "x=1");
    await(0, exchange);
    assertEquals(List.of(), seen);
    assertEquals(List.of(), exchange.dispatched);
    body.arrive();
    assertEquals(List.of("/projects/a%20b?x=1"), exchange.dispatched);
    exchange.timeout();
    assertEquals(200, exchange.status());
  }

  @Test
  void whoTakesTooLongIsToldSo() throws Exception {
    FakeExchange.Body body = body(false);
    FakeExchange exchange = new FakeExchange(body);
    await(0, exchange);
    exchange.timeout();
    assertEquals(408, exchange.status());
    assertEquals("close", exchange.told.get("Connection"));
    assertEquals(0, exchange.complete.getCount());
    body.arrive();
    assertEquals(List.of(), exchange.dispatched);
  }

  @Test
  void whoLeavesIsForgotten() throws Exception {
    FakeExchange.Body body = body(false);
    FakeExchange exchange = new FakeExchange(body);
    await(0, exchange);
    body.breakOff();
    assertEquals(0, exchange.complete.getCount());
    assertEquals("", exchange.sentText());
  }

  @Test
  void whatIsTooLargeIsRefusedEitherWay() throws Exception {
    for (int places : List.of(0, 1)) {
      FakeExchange.Body body =
          new FakeExchange.Body(new ByteArrayInputStream(new byte[(64 << 20) + 1]), true);
      FakeExchange exchange = new FakeExchange(body);
      await(places, exchange);
      if (places == 0) {
        body.arrive();
      }
      assertEquals(413, exchange.status());
      assertEquals(List.of(), seen);
      assertEquals(List.of(), exchange.dispatched);
    }
  }

  @Test
  void aBodyThatEndsEarlyIsRefused() throws Exception {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    FakeExchange exchange = new FakeExchange(new FakeExchange.Body(broken, true));
    await(1, exchange);
    assertEquals(400, exchange.status());
    assertTrue(exchange.sentText().contains("ended early"));
  }
}
