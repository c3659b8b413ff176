using Microsoft.Extensions.Primitives;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.Gateway.Protocol.Services;
using Yarp.ReverseProxy.Configuration;

namespace OpenClaw.Gateway.Edge.Forwarding;

/// <summary>Gives YARP the route table, and a new one whenever the settings change.</summary>
internal sealed class RouteSource : IProxyConfigProvider, IDisposable
{
    private readonly EdgeSettingsStore _settings;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<Uri>> _services;
    private readonly IReadOnlyList<ClusterConfig> _clusters;
    private volatile Table _table;

    public RouteSource(EdgeSettingsStore settings, IReadOnlyDictionary<string, IReadOnlyList<Uri>> services)
    {
        _settings = settings;
        _services = services;
        _clusters = [.. services.Select(service => RouteTable.Cluster(service.Key, service.Value))];
        _table = NewTable(settings.Current);
        settings.Changed += OnChanged;
    }

    public IProxyConfig GetConfig() => _table;

    public void Dispose()
    {
        _settings.Changed -= OnChanged;
        _table.Dispose();
    }

    private void OnChanged(EdgeSettings settings)
    {
        var old = _table;
        _table = NewTable(settings);
        old.Replace();
    }

    private Table NewTable(EdgeSettings settings) => new(RouteTable.Routes(settings, _services.ContainsKey), _clusters);

    private sealed class Table : IProxyConfig, IDisposable
    {
        private readonly CancellationTokenSource _replaced = new();

        public Table(IReadOnlyList<RouteConfig> routes, IReadOnlyList<ClusterConfig> clusters)
        {
            Routes = routes;
            Clusters = clusters;
            ChangeToken = new CancellationChangeToken(_replaced.Token);
        }

        public IReadOnlyList<RouteConfig> Routes { get; }

        public IReadOnlyList<ClusterConfig> Clusters { get; }

        public IChangeToken ChangeToken { get; }

        public void Replace() => _replaced.Cancel();

        public void Dispose() => _replaced.Dispose();
    }
}
