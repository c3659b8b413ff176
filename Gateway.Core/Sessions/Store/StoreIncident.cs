namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>A sessions.json that could not be read, for status and doctor.</summary>
/// <param name="File">The store file.</param>
/// <param name="KeptAs">Where its bytes are now; null while it still lies in place because nothing was written yet.</param>
/// <param name="RecoveredFrom">The backup whose entries are used instead; null when there was none and the store started empty.</param>
/// <param name="Reason">What is wrong with the file.</param>
internal sealed record StoreIncident(string File, string? KeptAs, string? RecoveredFrom, string Reason);
