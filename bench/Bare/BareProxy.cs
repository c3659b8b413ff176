using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Benchmarks.Bare;

/// <summary>YARP as it comes, in front of one server. What our edge costs above it is ours.</summary>
internal static class BareProxy
{
    public const string Command = "bare-proxy";

    public static async Task<int> RunAsync(string port, string target)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging(static logging => logging.ClearProviders());
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
        await using var app = builder.Build();
        app.UseRouting();
        app.MapForwarder("/{**path}", target);
        await app.RunAsync();
        return 0;
    }
}
