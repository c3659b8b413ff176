using OpenClaw.Gateway.Protocol.Services;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Edge.Settings;

/// <summary>The settings in force: the last ones that the core told, and cautious ones before it has.</summary>
internal sealed class EdgeSettingsStore : IReadinessCheck
{
    private volatile EdgeSettings _current = new();
    private volatile bool _told;

    /// <summary>Raised after other settings came into force.</summary>
    public event Action<EdgeSettings>? Changed;

    public EdgeSettings Current => _current;

    public void Use(EdgeSettings settings)
    {
        _current = settings;
        _told = true;
        Changed?.Invoke(settings);
    }

    public IEnumerable<string> Reasons()
    {
        if (!_told)
            yield return "The core has not told its settings over the bus yet.";
    }
}
