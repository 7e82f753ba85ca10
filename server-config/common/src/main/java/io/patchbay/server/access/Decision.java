package io.patchbay.server.access;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import java.util.Optional;

/** Compares what a route needs with who calls. */
public final class Decision {
  static final String NOT_ITS_CONTROLLER =
      "Only this compute's controller may ask it. Use the routes of the controller.";

  private final ProjectRights projects;

  /**
   * @param projects where there are any
   */
  public Decision(ProjectRights projects) {
    this.projects = projects;
  }

  /**
   * @return why the caller may not; empty if the caller may
   */
  public Optional<Refusal> refusal(Caller caller, Match match) {
    for (Need need : match.rule().needs()) {
      Optional<Refusal> refusal = refusal(caller, need, match.projectId());
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> refusal(Caller caller, Need need, String projectId) {
    Role role = caller.role();
    if (role == Role.NONE && need != Need.OPEN) {
      return Optional.of(
          Refusal.forbidden(
              "You are known here as "
                  + caller.name()
                  + ", but have no role on this server. Its administrator can give you one."));
    }
    return switch (need) {
      case OPEN -> Optional.empty();
      case SIGNED_IN ->
          unless(role.isAtLeast(Role.AUDITOR), "This is for the users of this server.");
      case AUDIT ->
          unless(
              role == Role.AUDITOR || role == Role.ADMINISTRATOR,
              "Only auditors and administrators of this server may see this.");
      case USER ->
          unless(
              role.isAtLeast(Role.USER),
              "As an auditor you may look at everything and change nothing.");
      case INSTRUCTOR ->
          unless(
              role.isAtLeast(Role.INSTRUCTOR),
              "Only instructors and administrators of this server may do this.");
      case ADMINISTRATOR ->
          unless(role == Role.ADMINISTRATOR, "Only an administrator of this server may do this.");
      case CONTROLLER ->
          unless(role == Role.CONTROLLER || role == Role.ADMINISTRATOR, NOT_ITS_CONTROLLER);
      case VIEW, OPERATE, EDIT, OWN, JOIN -> project(caller, need, projectId);
    };
  }

  private static Optional<Refusal> unless(boolean fulfilled, String message) {
    return fulfilled ? Optional.empty() : Optional.of(Refusal.forbidden(message));
  }

  private Optional<Refusal> project(Caller caller, Need need, String projectId) {
    Optional<Right> has = projects.of(caller, projectId);
    if (has.isEmpty()) {
      return Optional.of(Refusal.hidden(projectId));
    }
    if (need == Need.JOIN) {
      return unless(
          has.get().includes(Right.OPERATE) || projects.isOpen(projectId),
          "This project is closed, and you may only view it. Its owner, or somebody who may operate"
              + " it, has to open it first.");
    }
    return has.get().includes(need.right().orElseThrow())
        ? Optional.empty()
        : Optional.of(Refusal.forbidden(words(caller, need)));
  }

  private static String words(Caller caller, Need need) {
    if (caller.role() == Role.AUDITOR) {
      return "As an auditor you may look at everything and change nothing.";
    }
    return switch (need) {
      case OPERATE ->
          "You may look at this project, but not start, stop or use its nodes. Its owner can share"
              + " it with you to operate.";
      case EDIT -> "You may not change this project. Its owner can share it with you to edit.";
      default -> "Only the owner of this project may do this.";
    };
  }
}
