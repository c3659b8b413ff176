using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Hosting;
using OpenClaw.Gateway.Core.Methods.Nodes;
using OpenClaw.Gateway.Core.Nodes.Pairing;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>Adds nodes: their connections, the node-pair store and the methods.</summary>
internal static class NodeServices
{
    public static IServiceCollection AddNodes(this IServiceCollection services, GatewayCoreOptions options)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<NodePairingStore>(provider, NodePairingStore.DirectoryIn(options.Environment.StateDirectory)));
        services.AddSingleton<NodePairing>();
        services.AddSingleton<NodePairingNotices>();
        services.AddSingleton<NodeRegistry>();
        services.AddSingleton<NodePulse>();
        services.AddSingleton<NodeArrivals>();
        services.AddSingleton<NodeCommandPolicy>();
        services.AddSingleton<NodeDirectory>();
        services.AddSingleton<SharedNodes>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedNodes>());
        services.AddSingleton<RemoteNodes>();
        services.AddSingleton<NodeInvocations>();
        services.AddHostedService<RemoteNodeServer>();
        services.AddSingleton<NodeFollowers>();
        services.AddSingleton<NodeMessages>();
        services.AddSingleton<NodeEvents>();
        services.AddSingleton<GatewayMethod, NodePairRequestMethod>();
        services.AddSingleton<GatewayMethod, NodePairListMethod>();
        services.AddSingleton<GatewayMethod, NodePairApproveMethod>();
        services.AddSingleton<GatewayMethod, NodePairRejectMethod>();
        services.AddSingleton<GatewayMethod, NodePairVerifyMethod>();
        services.AddSingleton<GatewayMethod, NodeRenameMethod>();
        services.AddSingleton<GatewayMethod, NodeListMethod>();
        services.AddSingleton<GatewayMethod, NodeDescribeMethod>();
        services.AddSingleton<GatewayMethod, NodeInvokeMethod>();
        services.AddSingleton<GatewayMethod, NodeInvokeResultMethod>();
        services.AddSingleton<GatewayMethod, NodeEventMethod>();
        return services;
    }
}
