namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Where a run belongs.</summary>
/// <param name="AgentId">For example <c>main</c>.</param>
/// <param name="SessionKey">The canonical key, for example <c>agent:main:main</c>: lanes, aborts and the store know only this form.</param>
/// <param name="SessionId">The UUID of the current transcript.</param>
internal sealed record SessionAddress(string AgentId, string SessionKey, string SessionId);
