namespace OpenClaw.Gateway.Core.Tests.Devices;

/// <summary>What pairing is meant to do, without files, clocks or concurrency: the yardstick of the random runs.</summary>
internal sealed class PairingModel
{
    private const long RequestLifetimeMs = 5 * 60 * 1000;

    public sealed class Token(string text, IEnumerable<string> scopes)
    {
        public string Text { get; } = text;

        public SortedSet<string> Scopes { get; } = new(scopes, StringComparer.Ordinal);

        public bool Revoked { get; set; }
    }

    public sealed class Device
    {
        public HashSet<string> Roles { get; } = [];

        public HashSet<string> Scopes { get; set; } = [];

        public Dictionary<string, Token> Tokens { get; } = [];
    }

    public sealed record Request(string Id, string DeviceId, string Role, IReadOnlyList<string> Scopes, long At);

    public Dictionary<string, Device> Paired { get; } = [];

    public Dictionary<string, Request> Pending { get; } = [];

    public void Expire(long now)
    {
        foreach (var request in Pending.Values.Where(request => request.At < now - RequestLifetimeMs).ToArray())
            Pending.Remove(request.Id);
    }

    /// <summary>Whether a device that proved itself is let in at once, whatever its place.</summary>
    public bool IsCovered(string device, string role, IReadOnlyList<string> scopes) =>
        Paired.TryGetValue(device, out var known) && known.Roles.Contains(role) && scopes.All(known.Scopes.Contains);

    public Request? WaitingOf(string device) => Pending.Values.FirstOrDefault(request => request.DeviceId == device);

    /// <summary>The device is in; whether its old token goes on.</summary>
    public bool KeepsToken(string device, string role, IReadOnlyList<string> scopes) =>
        Paired.TryGetValue(device, out var known) && known.Tokens.TryGetValue(role, out var token) && !token.Revoked && scopes.All(token.Scopes.Contains);

    public void Grant(string device, string role, IReadOnlyList<string> scopes)
    {
        if (!Paired.TryGetValue(device, out var known))
            Paired[device] = known = new Device();
        known.Roles.Add(role);
        known.Scopes.UnionWith(scopes);
    }

    public bool Opens(string device, string role, IReadOnlyList<string> scopes, string text) =>
        Paired.TryGetValue(device, out var known) && known.Tokens.TryGetValue(role, out var token)
        && !token.Revoked && token.Text == text && scopes.All(token.Scopes.Contains);

    /// <summary>Scopes that a rotation may ask for.</summary>
    public bool MayRotateTo(string device, IReadOnlyList<string> scopes)
    {
        var held = Paired[device].Scopes;
        return scopes.All(scope => held.Contains(scope)
            || (held.Contains("operator.admin") && scope.StartsWith("operator.", StringComparison.Ordinal))
            || (scope == "operator.read" && held.Contains("operator.write")));
    }
}
