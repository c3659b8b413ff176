using System.Collections.Frozen;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Broadcasting;

/// <summary>What happens to a client that is behind when an event comes.</summary>
internal enum WhenSlow
{
    /// <summary>It misses the event and sees a gap in <c>seq</c>.</summary>
    Drop,

    /// <summary>It is closed with 1008 <c>slow consumer</c>.</summary>
    Close,
}

/// <summary>Who gets a broadcast.</summary>
internal enum Audience
{
    /// <summary>Nobody: the event is only ever sent to one connection.</summary>
    Addressee,

    /// <summary>Every connected client, nodes too.</summary>
    Everyone,

    /// <summary>Operators with <see cref="OperatorScopes.Read"/> or <see cref="OperatorScopes.Write"/>.</summary>
    Readers,

    /// <summary>Operators with <see cref="OperatorScopes.Approvals"/>.</summary>
    Approvers,

    /// <summary>Operators with <see cref="OperatorScopes.Pairing"/>.</summary>
    Pairers,
}

/// <summary>Whose clients get a broadcast.</summary>
internal enum Reach
{
    /// <summary>Those of every core of this gateway.</summary>
    Gateway,

    /// <summary>Those of this core: the others have an event of their own for it.</summary>
    Core,
}

/// <summary>How one event is delivered.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Audience">Who gets it.</param>
/// <param name="WhenSlow">What happens to a client that is behind.</param>
/// <param name="WithStateVersion">True when frames carry both state counters.</param>
/// <param name="Reach">Whose clients.</param>
internal sealed record EventRule(string Name, Audience Audience, WhenSlow WhenSlow, bool WithStateVersion = false, Reach Reach = Reach.Gateway)
{
    /// <summary>True when a connection with this identity gets the event.</summary>
    public bool Admits(ConnectionIdentity identity) => Audience switch
    {
        Audience.Everyone => true,
        Audience.Readers => identity.Has(OperatorScopes.Read) || identity.Has(OperatorScopes.Write),
        Audience.Approvers => identity.Has(OperatorScopes.Approvals),
        Audience.Pairers => identity.Has(OperatorScopes.Pairing),
        _ => false,
    };
}

/// <summary>
/// The delivery rules of all events, in one place. An event that is not here cannot be broadcast. The peer sends everything that is
/// not about approvals and pairing to everybody; what carries people's or the agent's words goes to readers only.
/// Events that are not sent yet are here by their names, so that whoever adds one finds its rule.
/// </summary>
internal static class EventDelivery
{
    public static IReadOnlyList<EventRule> All { get; } =
    [
        new(EventNames.ConnectChallenge, Audience.Addressee, WhenSlow.Close),
        new(EventNames.Agent, Audience.Readers, WhenSlow.Close),
        // Deltas of a text are dropped: the next one holds the whole text.
        new(EventNames.Chat, Audience.Readers, WhenSlow.Close),
        new(EventNames.Presence, Audience.Everyone, WhenSlow.Drop, WithStateVersion: true, Reach.Core),
        new(EventNames.Tick, Audience.Everyone, WhenSlow.Drop, Reach: Reach.Core),
        new(EventNames.TalkMode, Audience.Everyone, WhenSlow.Drop),
        new(EventNames.Shutdown, Audience.Everyone, WhenSlow.Close, Reach: Reach.Core),
        new(EventNames.Health, Audience.Everyone, WhenSlow.Close, WithStateVersion: true, Reach.Core),
        new("heartbeat", Audience.Readers, WhenSlow.Drop),
        new("cron", Audience.Readers, WhenSlow.Drop),
        new(EventNames.NodePairRequested, Audience.Pairers, WhenSlow.Drop),
        new(EventNames.NodePairResolved, Audience.Pairers, WhenSlow.Drop),
        new(EventNames.NodeInvokeRequest, Audience.Addressee, WhenSlow.Close),
        new(EventNames.DevicePairRequested, Audience.Pairers, WhenSlow.Drop),
        new(EventNames.DevicePairResolved, Audience.Pairers, WhenSlow.Drop),
        new(EventNames.VoiceWakeChanged, Audience.Everyone, WhenSlow.Drop),
        new(EventNames.ExecApprovalRequested, Audience.Approvers, WhenSlow.Drop),
        new(EventNames.ExecApprovalResolved, Audience.Approvers, WhenSlow.Drop),
    ];

    private static FrozenDictionary<string, EventRule> ByName { get; } = All.ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>The rule of an event.</summary>
    /// <exception cref="ArgumentException">The event has none.</exception>
    public static EventRule Of(string name) =>
        ByName.GetValueOrDefault(name) ?? throw new ArgumentException($"Event {name} has no delivery rule.", nameof(name));
}
