package io.patchbay.controller.access;

import io.patchbay.server.access.Right;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.config.Quota;
import io.patchbay.server.config.QuotaSettings;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Whose the projects are, and what others may do with them. Thread-safe; what is asked is answered
 * from memory.
 */
@Singleton
public class Sharing {
  private final Members members;
  private final GrantStore store;
  private final QuotaSettings limits;
  private final Map<String, Grants> grants = new ConcurrentHashMap<>();
  private final Map<String, String> makers = new ConcurrentHashMap<>();

  @Inject
  public Sharing(Settings settings, Members members) {
    this(new GrantStore(settings.access()), members, settings.quotas());
  }

  Sharing(GrantStore store, Members members, QuotaSettings limits) {
    this.limits = limits;
    this.store = store;
    this.members = members;
    grants.putAll(store.load());
  }

  /**
   * What a caller may do with a project; empty for nothing. Administrators and auditors have their
   * right to projects that are not there, too.
   *
   * @param caller empty where the server asks nobody
   */
  public Optional<Right> right(Optional<Caller> caller, String projectId) {
    if (caller.isEmpty()) {
      return Optional.of(Right.OWN);
    }
    return switch (caller.get().role()) {
      case ADMINISTRATOR -> Optional.of(Right.OWN);
      case AUDITOR -> Optional.of(Right.VIEW);
      case USER, INSTRUCTOR -> granted(caller.get(), of(projectId));
      case CONTROLLER, NONE -> Optional.empty();
    };
  }

  private Optional<Right> granted(Caller caller, Grants project) {
    Members.Membership membership = members.of(caller);
    Optional<Right> right = project.of(caller.name(), membership.groups());
    boolean helps =
        caller.role() == Role.INSTRUCTOR
            && project.owner().isPresent()
            && right.filter(has -> has.includes(Right.EDIT)).isEmpty()
            && members.together(membership, project.owner().get());
    return helps ? Optional.of(Right.EDIT) : right;
  }

  /** Whether a caller may see a project. */
  public boolean sees(Optional<Caller> caller, String projectId) {
    return right(caller, projectId).isPresent();
  }

  /**
   * Whether a caller may hear of a project: one that the caller sees, or one that is being made for
   * the caller and does not belong to anybody yet.
   */
  boolean hears(Optional<Caller> caller, String projectId) {
    return sees(caller, projectId)
        || caller.filter(one -> one.name().equals(makers.get(projectId))).isPresent();
  }

  /** Lets somebody hear of a project that is not there yet, until {@link #forgetMaker}. */
  public void expect(String projectId, Optional<Caller> maker) {
    maker.ifPresent(one -> makers.put(projectId, one.name()));
  }

  public void forgetMaker(String projectId) {
    makers.remove(projectId);
  }

  /** Whether a caller has a right to a project. */
  public boolean may(Optional<Caller> caller, Right right, String projectId) {
    return right(caller, projectId).filter(has -> has.includes(right)).isPresent();
  }

  /** What is granted of a project; nothing if nobody ever was. */
  public Grants of(String projectId) {
    return grants.getOrDefault(projectId, Grants.NONE);
  }

  /**
   * Makes a project the one of its creator, whatever was known under its id.
   *
   * @param creator empty where the server asks nobody: the project is then the administrators'
   * @throws LabException (CONFLICT) if that cannot be written, or the creator has as many as may be
   */
  public synchronized void claim(String projectId, Optional<Caller> creator) {
    forget(projectId);
    if (creator.isPresent()) {
      members.of(creator.get());
      requireRoom(creator.get().name());
      Grants own = Grants.ownedBy(creator.get().name());
      store.write(projectId, own);
      grants.put(projectId, own);
    }
  }

  private void requireRoom(String owner) {
    OptionalInt limit = members.limit(limits, Quota.PROJECTS, owner);
    if (limit.isPresent()
        && grants.values().stream()
                .filter(project -> project.owner().filter(owner::equals).isPresent())
                .count()
            >= limit.getAsInt()) {
      throw LabException.conflict(
          "The limit of projects of %s is %d, and there are as many: delete one before you make another."
              .formatted(owner, limit.getAsInt()));
    }
  }

  /**
   * Changes what is granted.
   *
   * @throws LabException (CONFLICT) if that cannot be written; all is then as it was
   */
  synchronized Grants change(String projectId, UnaryOperator<Grants> change) {
    Grants changed = change.apply(of(projectId));
    store.write(projectId, changed);
    grants.put(projectId, changed);
    return changed;
  }

  /** Forgets a project that was deleted. */
  public synchronized void forget(String projectId) {
    if (grants.remove(projectId) != null) {
      store.delete(projectId);
    }
  }
}
