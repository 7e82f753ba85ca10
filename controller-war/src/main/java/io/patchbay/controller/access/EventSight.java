package io.patchbay.controller.access;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which notifications a caller may see; asked for each of them, so that somebody with whom a
 * project is not shared any more hears nothing of it.
 */
@Singleton
public class EventSight {
  private static final Predicate<JsonObject> EVERYTHING = message -> true;

  private final Sharing sharing;

  @Inject
  public EventSight(Sharing sharing) {
    this.sharing = sharing;
  }

  /** Of those of the whole server: what is about no project, or one that the caller sees. */
  public Predicate<JsonObject> ofServer(Optional<Caller> caller) {
    return isLimited(caller)
        ? message ->
            !(message.get("event") instanceof JsonObject event
                    && event.get("project_id") instanceof JsonString project)
                || sharing.hears(caller, project.getString())
        : EVERYTHING;
  }

  /** Of those of a project. */
  public Predicate<JsonObject> ofProject(Optional<Caller> caller, String projectId) {
    return isLimited(caller) ? message -> sharing.sees(caller, projectId) : EVERYTHING;
  }

  private static boolean isLimited(Optional<Caller> caller) {
    return caller.filter(known -> known.role() != Role.ADMINISTRATOR).isPresent();
  }
}
