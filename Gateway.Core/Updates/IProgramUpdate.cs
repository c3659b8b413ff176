using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Updates;

/// <summary>Replaces the program that this gateway is, where the host knows how.</summary>
public interface IProgramUpdate
{
    /// <summary>Installs the newest version. Safe to be cut short, and to be called twice: the second is refused.</summary>
    /// <param name="limit">How long it may take.</param>
    /// <returns>The protocol's description of an update: <c>status</c> (ok, skipped or error), <c>mode</c>, <c>reason</c>, <c>steps</c>, <c>durationMs</c> …</returns>
    Task<JsonObject> RunAsync(TimeSpan limit);
}
