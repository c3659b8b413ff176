using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Sessions.Patching;

/// <summary>A session whose settings were changed.</summary>
/// <param name="Path">The store file.</param>
/// <param name="Key">Canonical key.</param>
/// <param name="Entry">The whole entry afterwards.</param>
/// <param name="Model">The model the session uses now.</param>
internal sealed record PatchedSession(string Path, string Key, SessionEntry Entry, ModelRef Model);

/// <summary>Changes settings of a session; creates it when it is unknown. All fields of a patch are taken, or none.</summary>
internal sealed class SessionPatching(SessionStores stores, ISessionModels models, TimeProvider time)
{
    private static readonly string[] AuthProfileFields =
    [
        SessionFields.AuthProfileOverride, SessionFields.AuthProfileOverrideSource, SessionFields.AuthProfileOverrideCompactionCount,
    ];

    public async Task<SessionOutcome<PatchedSession>> PatchAsync(string? key, SessionPatch patch, CancellationToken cancellationToken)
    {
        if (stores.Rules.Canonicalize(key) is not { } session)
            return SessionError.Invalid("key required");

        // Asked before the store is locked; the refusal comes in its turn, after the checks of the fields before it.
        var choice = patch.TryGet(SessionFields.Model, out var model) && model?.Trim() is { Length: > 0 } name
            ? await models.ChooseAsync(session.AgentId, name, cancellationToken).ConfigureAwait(false)
            : null;

        var outcome = await stores.UpdateAsync<SessionOutcome<SessionEntry>>(
            session.AgentId,
            table =>
            {
                var applied = Apply(table, session, patch, choice);
                if (applied.Value is { } entry)
                    table.Set(session, entry);
                return applied;
            },
            cancellationToken).ConfigureAwait(false);
        if (outcome.Error is { } error)
            return error;

        return new PatchedSession(stores.PathOf(session.AgentId), session.Value, outcome.Value!, ModelOf(outcome.Value!, models.DefaultFor(session.AgentId)));
    }

    /// <summary>The model an entry asks for, or the default.</summary>
    public static ModelRef ModelOf(SessionEntry entry, ModelRef standard) => entry.ModelOverride?.Trim() is { Length: > 0 } model
        ? new ModelRef(entry.ProviderOverride?.Trim() is { Length: > 0 } provider ? provider : standard.Provider, model)
        : standard;

    private SessionOutcome<SessionEntry> Apply(SessionTableEditor table, SessionKey session, SessionPatch patch, ModelChoice? choice)
    {
        var existing = table.Find(session);
        var standard = models.DefaultFor(session.AgentId);
        var entry = existing?.Edit() ?? SessionEntry.Empty.Edit().Set(SessionFields.SessionId, Guid.NewGuid().ToString("D"));
        entry.Touch(time.GetUtcNow());

        var error = SpawnedBy(session, existing, patch, entry)
            ?? Label(table, session, patch, entry)
            ?? Thinking(ModelOf(existing ?? SessionEntry.Empty, standard), patch, entry)
            ?? Choices(PatchRules.BeforeModel, patch, entry)
            ?? ExecNode(patch, entry)
            ?? Model(standard, patch, choice, entry)
            ?? ExtraHigh(standard, patch, entry)
            ?? Choices(PatchRules.AfterModel, patch, entry);
        return error is null ? entry.Build() : error;
    }

    private static SessionError? SpawnedBy(SessionKey session, SessionEntry? existing, SessionPatch patch, SessionEntryEditor entry)
    {
        if (!patch.TryGet(SessionFields.SpawnedBy, out var text))
            return null;
        if (text is null)
            return string.IsNullOrEmpty(existing?.SpawnedBy) ? null : SessionError.Invalid("spawnedBy cannot be cleared once set");
        var parent = text.Trim();
        if (parent.Length == 0)
            return SessionError.Invalid("invalid spawnedBy: empty");
        if (!session.IsSubagent)
            return SessionError.Invalid("spawnedBy is only supported for subagent:* sessions");
        if (existing?.SpawnedBy is { Length: > 0 } known && known != parent)
            return SessionError.Invalid("spawnedBy cannot be changed once set");
        entry.Set(SessionFields.SpawnedBy, parent);
        return null;
    }

    private static SessionError? Label(SessionTableEditor table, SessionKey session, SessionPatch patch, SessionEntryEditor entry)
    {
        if (!patch.TryGet(SessionFields.Label, out var text))
            return null;
        if (text is null)
        {
            entry.Remove(SessionFields.Label);
            return null;
        }
        var label = SessionLabel.Parse(text);
        if (label.Error is not null)
            return label.Error;
        if (table.Entries.Any(other => other.Key != session.Value && other.Value.Label == label.Value))
            return SessionError.Invalid($"label already in use: {label.Value}");
        entry.Set(SessionFields.Label, label.Value);
        return null;
    }

    private static SessionError? Thinking(ModelRef model, SessionPatch patch, SessionEntryEditor entry) =>
        PatchRules.Apply(new PatchChoice(SessionFields.ThinkingLevel, LevelNames.Thinking, ExtraHighThinking.LevelsOf(model), OffClears: true), patch, entry);

    private static SessionError? Choices(PatchChoice[] choices, SessionPatch patch, SessionEntryEditor entry)
    {
        foreach (var choice in choices)
        {
            if (PatchRules.Apply(choice, patch, entry) is { } error)
                return error;
        }
        return null;
    }

    private static SessionError? ExecNode(SessionPatch patch, SessionEntryEditor entry)
    {
        if (!patch.TryGet(SessionFields.ExecNode, out var text))
            return null;
        if (text is not null && text.Trim().Length == 0)
            return SessionError.Invalid("invalid execNode: empty");
        entry.Set(SessionFields.ExecNode, text?.Trim());
        return null;
    }

    private static SessionError? Model(ModelRef standard, SessionPatch patch, ModelChoice? choice, SessionEntryEditor entry)
    {
        if (!patch.TryGet(SessionFields.Model, out var text))
            return null;
        if (text is not null && text.Trim().Length == 0)
            return SessionError.Invalid("invalid model: empty");
        if (choice?.Error is { } error)
            return choice.IsUnavailable ? SessionError.Unavailable(error) : SessionError.Invalid(error);

        // A profile chosen for the old model means nothing for the new one.
        var model = choice?.Model ?? standard;
        var isStandard = model == standard;
        entry.Set(SessionFields.ProviderOverride, isStandard ? null : model.Provider)
            .Set(SessionFields.ModelOverride, isStandard ? null : model.Model)
            .Remove(AuthProfileFields);
        return null;
    }

    /// <summary>A level the new model does not take becomes the next lower one, unless the client just asked for it.</summary>
    private static SessionError? ExtraHigh(ModelRef standard, SessionPatch patch, SessionEntryEditor entry)
    {
        var now = entry.Build();
        if (now.ThinkingLevel != "xhigh" || ExtraHighThinking.IsSupported(ModelOf(now, standard)))
            return null;
        if (patch.Has(SessionFields.ThinkingLevel))
            return SessionError.Invalid($"thinkingLevel \"xhigh\" is only supported for {ExtraHighThinking.Hint}");
        entry.Set(SessionFields.ThinkingLevel, "high");
        return null;
    }
}
