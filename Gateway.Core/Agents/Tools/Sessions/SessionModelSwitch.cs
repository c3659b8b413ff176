using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Agents.Tools.Sessions;

/// <summary>Lets an agent choose the model of a session's next runs. It cannot lock itself out: a model that cannot be called is refused.</summary>
internal sealed class SessionModelSwitch(SessionPatching patching, SessionStores stores, ModelResolver models, IAgentConfiguration configuration)
{
    /// <summary>The session as it is afterwards, or why nothing was changed.</summary>
    /// <param name="session">Session to change.</param>
    /// <param name="text">A model as users write it; <c>default</c> or nothing goes back to the configured one.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async Task<SessionOutcome<FoundSession>> SwitchAsync(FoundSession session, string text, CancellationToken cancellationToken)
    {
        var patch = new SessionPatch().Set(SessionFields.Model, null);
        if (text.Trim() is { Length: > 0 } name && !name.Equals("default", StringComparison.OrdinalIgnoreCase))
        {
            var agent = AgentOptions.From(configuration.Root, session.Key.AgentId);
            var model = Parse(agent, session.Entry, name);
            if (!models.IsAllowed(agent, model))
                return SessionError.Invalid($"model not allowed: {model}");
            if (models.Resolve(agent, model).Error is { } error)
                return SessionError.Invalid(error);
            patch.Set(SessionFields.Model, model.ToString());
        }
        var patched = await patching.PatchAsync(session.Key.Value, patch, cancellationToken).ConfigureAwait(false);
        if (patched.Error is { } refused)
            return refused;
        return session with { Entry = await stores.FindAsync(session.Key, cancellationToken).ConfigureAwait(false) ?? session.Entry };
    }

    /// <summary>A name without a provider means one of the provider that the session uses now.</summary>
    private ModelRef Parse(AgentOptions agent, SessionEntry entry, string name)
    {
        var model = models.Parse(agent, name);
        var isBare = model == new ModelRef(ModelRef.DefaultProvider, name);
        return isBare ? model with { Provider = SessionPatching.ModelOf(entry, models.Candidates(agent, null)[0]).Provider } : model;
    }
}
