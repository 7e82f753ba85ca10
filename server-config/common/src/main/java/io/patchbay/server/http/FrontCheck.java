package io.patchbay.server.http;

import io.patchbay.server.access.Access;
import io.patchbay.server.audit.AuditTrail;
import io.patchbay.server.auth.Gate;
import io.patchbay.server.config.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/**
 * Makes a front filter when the application starts, so that one that cannot be made ends the start.
 * A server may go on without a filter, and then nobody would be asked who calls.
 */
@Singleton
public class FrontCheck {

  void start(
      @Observes
          @Priority(Interceptor.Priority.PLATFORM_BEFORE + 2)
          @Initialized(ApplicationScoped.class)
          Object event,
      Settings settings,
      Gate gate,
      Access access,
      AuditTrail audit,
      RequestLimit limit) {
    new FrontFilter(settings, gate, access, audit, limit);
  }
}
