package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestLimitTest {
  @Test
  void eachUserHasSoManyAtOnceAndMoreWhenOneEnds() {
    RequestLimit limit = new RequestLimit(2);
    Optional<Runnable> first = limit.enter("ann");
    assertTrue(limit.enter("ann").isPresent());
    assertTrue(limit.enter("ann").isEmpty());
    assertTrue(limit.enter("bob").isPresent());
    first.orElseThrow().run();
    assertTrue(limit.enter("ann").isPresent());
    assertTrue(limit.enter("ann").isEmpty());
  }

  @Test
  void anOpenSocketCountsUntilItIsClosed() {
    RequestLimit limit = new RequestLimit(1);
    Session socket = socket(new Caller("ann", Set.of(), Role.USER));
    limit.opened(socket);
    assertTrue(limit.enter("ann").isEmpty());
    limit.closed(socket);
    limit.closed(socket);
    assertTrue(limit.enter("ann").isPresent());
    assertTrue(limit.enter("ann").isEmpty());
  }

  @Test
  void socketsOfAdministratorsDoNotCount() {
    RequestLimit limit = new RequestLimit(1);
    limit.opened(socket(new Caller("root", Set.of(), Role.ADMINISTRATOR)));
    assertTrue(limit.enter("root").isPresent());
  }

  private static Session socket(Caller caller) {
    Map<String, Object> properties = new HashMap<>();
    return (Session)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) ->
                method.getName().equals("getUserPrincipal") ? caller : properties);
  }
}
