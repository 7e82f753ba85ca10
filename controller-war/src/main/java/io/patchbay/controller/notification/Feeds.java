package io.patchbay.controller.notification;

import io.patchbay.server.event.EventFeed;
import jakarta.inject.Singleton;

/** What the whole server tells; each project has a feed of its own. */
@Singleton
public class Feeds {
  private final EventFeed controller = new EventFeed();

  public EventFeed controller() {
    return controller;
  }
}
