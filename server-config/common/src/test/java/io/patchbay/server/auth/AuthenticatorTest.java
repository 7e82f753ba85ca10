package io.patchbay.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.auth.Verdict.Known;
import io.patchbay.server.auth.Verdict.Refused;
import io.patchbay.server.config.RoleSettings;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();

  private Authenticator authenticator(PasswordStore... stores) {
    return new Authenticator(
        new StoreChain(List.of(stores)),
        new RoleSettings(Map.of(), Map.of(), Role.USER, Set.of()),
        new SuccessCache(Duration.ofSeconds(60), now::get),
        new Throttle(3, 100, now::get));
  }

  private PasswordStore counted(PasswordStore store) {
    return given -> {
      asked.incrementAndGet();
      return store.check(given);
    };
  }

  private static PasswordStore one(String name, String password) {
    return new StaticStore(name, given -> new String(given).equals(password));
  }

  private static PasswordStore away() {
    return given -> {
      throw new StoreUnavailable("away", new IllegalStateException());
    };
  }

  private static HttpServletRequest request(String authorization) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            AuthenticatorTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getHeader" -> authorization;
                  case "getRemoteAddr" -> "192.0.2.1";
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Optional<BasicCredential> read(String text) {
    return BasicCredential.of(
        request(
            "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
  }

  private static BasicCredential basic(String text) {
    return read(text).orElseThrow();
  }

  private static int status(Verdict verdict) {
    return verdict instanceof Refused refused ? refused.status() : 200;
  }

  @Test
  void headersAreReadAsTheyAreWritten() {
    assertEquals("a:b", basic("ann:a:b").getPasswordAsString());
    assertEquals("sésame", basic("änn:sésame").getPasswordAsString());
    assertEquals("änn", basic("änn:sésame").getCaller());
    for (String nobody :
        List.of("", ":", "ann", "ann:", ":x", "ann:x\n", "an\0n:x", "ann:" + "x".repeat(2000))) {
      assertTrue(read(nobody).isEmpty(), nobody);
    }
    for (String header : new String[] {null, "", "Basic", "Basic ", "Basic %%%", "Digest x=y"}) {
      assertTrue(BasicCredential.of(request(header)).isEmpty(), header);
    }
    String latin1 =
        Base64.getEncoder().encodeToString("ann:é".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(BasicCredential.of(request("Basic " + latin1)).isEmpty());
    assertTrue(BasicCredential.of(request("basic YW5uOng=")).isPresent());
  }

  @Test
  void whoIsRightIsAnAdministrator() {
    Known known =
        assertInstanceOf(
            Known.class, authenticator(one("ann", "sesame")).check(basic("ann:sesame")));
    assertEquals(new Caller("ann", Set.of(), Role.ADMINISTRATOR), known.caller());
  }

  @Test
  void aRightPasswordIsRememberedForAWhileAndAWrongOneIsNot() {
    Authenticator users = authenticator(counted(one("ann", "sesame")));
    assertEquals(200, status(users.check(basic("ann:sesame"))));
    assertEquals(200, status(users.check(basic("ann:sesame"))));
    assertEquals(1, asked.get());
    assertEquals(401, status(users.check(basic("ann:Sesame"))));
    assertEquals(401, status(users.check(basic("ann:Sesame"))));
    assertEquals(3, asked.get());
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    assertEquals(200, status(users.check(basic("ann:sesame"))));
    assertEquals(4, asked.get());
  }

  @Test
  void guessesAreRefusedUnseenAndWhoIsKnownGoesOn() {
    Authenticator users = authenticator(counted(one("ann", "sesame")));
    assertEquals(200, status(users.check(basic("ann:sesame"))));
    for (int i = 0; i < 3; i++) {
      assertEquals(401, status(users.check(basic("ann:guess" + i))));
    }
    int before = asked.get();
    Verdict refused = users.check(basic("ann:guess"));
    assertEquals(429, status(refused));
    assertEquals(Optional.of(Duration.ofSeconds(1)), ((Refused) refused).retryAfter());
    assertEquals(before, asked.get());
    assertEquals(200, status(users.check(basic("ann:sesame"))));
  }

  @Test
  void theFirstThatKnowsTheUserDecides() {
    Authenticator users = authenticator(one("ann", "local"), one("ann", "other"), one("bob", "b"));
    assertEquals(200, status(users.check(basic("ann:local"))));
    assertEquals(401, status(users.check(basic("ann:other"))));
    assertEquals(200, status(users.check(basic("bob:b"))));
    assertEquals(401, status(users.check(basic("carl:c"))));
  }

  @Test
  void aLocalUserWorksWhileTheDirectoryIsAwayAndOthersAreToldSo() {
    for (Authenticator users :
        List.of(
            authenticator(away(), one("ann", "local")),
            authenticator(one("ann", "local"), away()))) {
      assertEquals(200, status(users.check(basic("ann:local"))));
      assertEquals(401, status(users.check(basic("ann:wrong"))));
      for (int i = 0; i < 10; i++) {
        assertEquals(503, status(users.check(basic("bob:b"))), "an outage is no wrong password");
      }
    }
  }

  @Test
  void requestsWithTheSameCredentialsAskOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Authenticator users =
        authenticator(
            counted(
                given -> {
                  begun.countDown();
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return new CredentialValidationResult(given.getCaller());
                }));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Verdict>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(threads.submit(() -> users.check(basic("ann:sesame"))));
      }
      begun.await();
      go.countDown();
      for (Future<Verdict> one : all) {
        assertEquals(200, status(one.get()));
      }
    }
    assertEquals(1, asked.get());
  }

  @Test
  void aStoreThatFailsUnforeseenLeavesNobodyWaiting() {
    Authenticator users =
        authenticator(
            given -> {
              throw new IllegalStateException("a fault");
            });
    for (int i = 0; i < 2; i++) {
      assertThrows(IllegalStateException.class, () -> users.check(basic("ann:sesame")));
    }
  }

  @Test
  void noPasswordIsKeptByTheCache() {
    SuccessCache cache = new SuccessCache(Duration.ofSeconds(1), now::get);
    assertFalse(cache.key("ann", "sesame").hash().contains("sesame"));
    assertFalse(
        cache
            .key("ann", "sesame")
            .equals(new SuccessCache(Duration.ofSeconds(1), now::get).key("ann", "sesame")));
    assertFalse(cache.key("ann", "sesame").equals(cache.key("anns", "esame")));
  }
}
