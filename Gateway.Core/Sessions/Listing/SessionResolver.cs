using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary><c>sessions.resolve</c>: the canonical key of exactly one session, found by key, session id or label.</summary>
internal sealed class SessionResolver(SessionStores stores, SessionListing listing)
{
    public async Task<SessionOutcome<SessionResolveResult>> ResolveAsync(SessionsResolveParams query, CancellationToken cancellationToken)
    {
        var key = query.Key?.Trim() ?? "";
        var sessionId = query.SessionId?.Trim() ?? "";
        var label = query.Label?.Trim() ?? "";
        return new[] { key, sessionId, label }.Count(static text => text.Length > 0) switch
        {
            0 => SessionError.Invalid("Either key, sessionId, or label is required"),
            > 1 => SessionError.Invalid("Provide either key, sessionId, or label (not multiple)"),
            _ when key.Length > 0 => await ByKeyAsync(key, cancellationToken).ConfigureAwait(false),
            _ when sessionId.Length > 0 => await ByIdAsync(sessionId, query, cancellationToken).ConfigureAwait(false),
            _ => await ByLabelAsync(label, query, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<SessionOutcome<SessionResolveResult>> ByKeyAsync(string key, CancellationToken cancellationToken)
    {
        var session = stores.Rules.Canonicalize(key)!.Value;
        var entry = await stores.FindAsync(session, cancellationToken).ConfigureAwait(false);
        return entry is null ? SessionError.Invalid($"No session found: {key}") : new SessionResolveResult { Key = session.Value };
    }

    private async Task<SessionOutcome<SessionResolveResult>> ByIdAsync(string sessionId, SessionsResolveParams query, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(query, label: null, search: sessionId, cancellationToken).ConfigureAwait(false);
        var matches = rows.Where(row => row.SessionId == sessionId || row.Key == sessionId).ToList();
        return Single(matches, $"No session found: {sessionId}", $"Multiple sessions found for sessionId: {sessionId}");
    }

    private async Task<SessionOutcome<SessionResolveResult>> ByLabelAsync(string text, SessionsResolveParams query, CancellationToken cancellationToken)
    {
        var label = SessionLabel.Parse(text);
        if (label.Error is not null)
            return label.Error;
        var rows = await RowsAsync(query, label.Value, search: null, cancellationToken).ConfigureAwait(false);
        return Single([.. rows.Take(2)], $"No session found with label: {label.Value}", $"Multiple sessions found with label: {label.Value}");
    }

    private async Task<IReadOnlyList<SessionRow>> RowsAsync(SessionsResolveParams query, string? label, string? search, CancellationToken cancellationToken)
    {
        var list = await listing.ListAsync(
            new SessionsListParams
            {
                IncludeGlobal = query.IncludeGlobal,
                IncludeUnknown = query.IncludeUnknown,
                SpawnedBy = query.SpawnedBy,
                AgentId = query.AgentId,
                Label = label,
                Search = search,
            },
            cancellationToken).ConfigureAwait(false);
        return list.Sessions;
    }

    private static SessionOutcome<SessionResolveResult> Single(List<SessionRow> rows, string none, string several) => rows switch
    {
        [] => SessionError.Invalid(none),
        [var row] => new SessionResolveResult { Key = row.Key },
        _ => SessionError.Invalid($"{several} ({string.Join(", ", rows.Select(static row => row.Key))})"),
    };
}
