namespace OpenClaw.Gateway.Client.Identity;

/// <summary>
/// <c>identity/device-auth.json</c> in the state directory: the tokens of this device, one per role. A missing or broken file
/// and a file of another device count as empty: a token is only a shortcut, the gateway gives another one.
/// </summary>
public sealed class DeviceTokenStore(string stateDirectory, TimeProvider time)
{
    private readonly StateFile _file = new(stateDirectory, "identity", "device-auth.json");

    /// <summary>Where the file is.</summary>
    public string FilePath => _file.FilePath;

    /// <summary>The token of <paramref name="deviceId"/> for <paramref name="role"/>, or null.</summary>
    /// <exception cref="Errors.GatewayStateException">The file exists and cannot be read.</exception>
    public DeviceToken? Find(string deviceId, string role) => Load(deviceId).Find(role);

    /// <summary>Keeps a token that a gateway issued. Does not touch the file when it says the same already.</summary>
    /// <exception cref="Errors.GatewayStateException">The file cannot be read or written.</exception>
    public void Save(string deviceId, string role, string token, IReadOnlyList<string> scopes)
    {
        var document = Load(deviceId);
        var normal = Normalize(scopes);
        if (document.Find(role) is { } known && known.Token == token && known.Scopes.AsEnumerable().SequenceEqual(normal))
            return;
        document.Set(role, new DeviceToken(token, normal, time.GetUtcNow().ToUnixTimeMilliseconds()));
        _file.Replace(document.ToUtf8());
    }

    /// <summary>Forgets a token that the gateway no longer takes, if it still is <paramref name="token"/>.</summary>
    /// <exception cref="Errors.GatewayStateException">The file cannot be read or written.</exception>
    public void Remove(string deviceId, string role, string token)
    {
        var document = Load(deviceId);
        // Another process may have been given a new one meanwhile.
        if (document.Find(role)?.Token != token)
            return;
        document.Remove(role);
        _file.Replace(document.ToUtf8());
    }

    private DeviceTokenDocument Load(string deviceId)
    {
        var document = _file.Read() is { } bytes ? DeviceTokenDocument.Parse(bytes) : null;
        return document?.DeviceId == deviceId ? document : new DeviceTokenDocument(deviceId);
    }

    private static List<string> Normalize(IReadOnlyList<string> scopes)
    {
        var normal = new List<string>(scopes.Count);
        foreach (var scope in scopes)
        {
            var trimmed = scope.Trim();
            if (trimmed.Length > 0 && !normal.Contains(trimmed))
                normal.Add(trimmed);
        }
        normal.Sort(StringComparer.Ordinal);
        return normal;
    }
}
