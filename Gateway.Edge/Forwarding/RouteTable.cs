using OpenClaw.Gateway.Edge.Destinations;
using OpenClaw.Gateway.Protocol.Services;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace OpenClaw.Gateway.Edge.Forwarding;

/// <summary>
/// Which service gets which request. First match wins, in the order of the original's one process; what no route matches is the web
/// page's. A service that is not part of the composition has no route, and its paths are nobody's.
/// </summary>
internal static class RouteTable
{
    public const string Core = "core";
    public const string Canvas = "canvas";
    public const string Telegram = "telegram";

    /// <summary>A WebSocket or a model's answer may be silent for long. Whether its instance lives is for the probes to say.</summary>
    private static readonly TimeSpan ActivityTimeout = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    /// <summary>Also what a probe of a hung service takes, so that it is out of the table within a few seconds.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    private static readonly RouteHeader WebSocket = new() { Name = "Upgrade", Values = ["websocket"], Mode = HeaderMatchMode.ExactHeader };

    /// <summary>The routes for the services that are there.</summary>
    /// <param name="settings">Paths that can be configured.</param>
    /// <param name="has">Whether a service is part of the composition.</param>
    public static IReadOnlyList<RouteConfig> Routes(EdgeSettings settings, Func<string, bool> has)
    {
        var routes = new List<RouteConfig>();
        if (has(Canvas))
        {
            Add("canvas-reload", Canvas, "/__openclaw__/ws", WebSocket);
        }
        Add("websocket", Core, "/{**path}", WebSocket);
        Add("hooks", Core, settings.HooksPath + "/{**path}");
        Add("tools-invoke", Core, "/tools/invoke");
        if (has(Telegram))
            Add("telegram", Telegram, "/telegram-webhook/{**path}");
        Add("v1", Core, "/v1/{**path}");
        Add("openapi", Core, "/openapi.json");
        if (has(Canvas))
        {
            Add("a2ui", Canvas, "/__openclaw__/a2ui/{**path}");
            Add("canvas", Canvas, "/__openclaw__/canvas/{**path}");
        }
        if (settings.ControlUi)
            Add("avatar", Core, settings.BasePath + "/avatar/{agent}");
        return routes;

        void Add(string id, string service, string path, RouteHeader? header = null)
        {
            if (has(service))
                routes.Add(new RouteConfig { RouteId = id, ClusterId = service, Order = routes.Count, Match = new RouteMatch { Path = path, Headers = header is null ? null : [header] } });
        }
    }

    /// <summary>A service and its instances.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="addresses">Where they are.</param>
    public static ClusterConfig Cluster(string service, IReadOnlyList<Uri> addresses) => new()
    {
        ClusterId = service,
        Destinations = addresses.Select((address, number) => (address, number))
            .ToDictionary(one => $"{service}-{one.number}", one => new DestinationConfig { Address = one.address.ToString() }, StringComparer.Ordinal),
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = ActivityTimeout, Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact },
        HealthCheck = new HealthCheckConfig
        {
            Active = new ActiveHealthCheckConfig { Enabled = true, Interval = ProbeInterval, Timeout = ProbeTimeout, Policy = ProbePolicy.PolicyName },
        },
    };
}
