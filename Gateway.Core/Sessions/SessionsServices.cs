using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Sessions.Patching;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Core.Sessions.Usage;

namespace OpenClaw.Gateway.Core.Sessions;

internal static class SessionsServices
{
    /// <summary>
    /// Adds the session store and everything that reads or changes it. The caller adds <see cref="ISessionSettings"/>,
    /// <see cref="ISessionModels"/> and <see cref="ISessionActivity"/>.
    /// </summary>
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new LockFiles(provider.GetRequiredService<TimeProvider>(), Environment.MachineName));
        services.TryAddSingleton<SessionStores>();
        services.TryAddSingleton<TranscriptFiles>();
        services.TryAddSingleton<SessionTranscripts>();
        services.TryAddSingleton<ISessionTranscripts>(provider => provider.GetRequiredService<SessionTranscripts>());
        services.TryAddSingleton<SessionPatching>();
        services.TryAddSingleton<SessionReset>();
        services.TryAddSingleton<SessionDeletion>();
        services.TryAddSingleton<SessionCompaction>();
        services.TryAddSingleton<SessionListing>();
        services.TryAddSingleton<SessionPreviews>();
        services.TryAddSingleton<SessionResolver>();
        services.TryAddSingleton<SessionSummaries>();
        services.TryAddSingleton<SessionUsage>();
        services.TryAddSingleton<SessionUsageDetails>();
        services.TryAddSingleton<CostUsage>();
        return services;
    }
}
