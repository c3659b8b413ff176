using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Agents.Tools.Sessions;

/// <summary>The tools about sessions.</summary>
internal sealed class SessionTools(SessionLookup lookup, SessionModelSwitch models, SessionStatus status) : IAgentToolSource
{
    public IEnumerable<IAgentTool> CreateTools(ToolContext context) => [new SessionStatusTool(context, lookup, models, status)];
}

internal static class SessionToolsServices
{
    /// <summary>Adds the tools about sessions; the session services must be there.</summary>
    public static IServiceCollection AddSessionTools(this IServiceCollection services)
    {
        services.AddSingleton<SessionLookup>();
        services.AddSingleton<SessionModelSwitch>();
        services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<SessionStatus>(
            provider, new Lazy<AgentRunner>(provider.GetRequiredService<AgentRunner>)));
        services.AddSingleton<IAgentToolSource, SessionTools>();
        return services;
    }
}
