using OpenClaw.Benchmarks.Bare;
using OpenClaw.Benchmarks.Bus;
using OpenClaw.Benchmarks.Codec;
using OpenClaw.Benchmarks.Edge;
using OpenClaw.Benchmarks.Gateway;
using OpenClaw.Benchmarks.Package;
using OpenClaw.Benchmarks.Sse;
using OpenClaw.Benchmarks.Telegram;

return args switch
{
    ["gateway", .. var rest] => await GatewayCommand.RunAsync(rest),
    ["codec", .. var rest] => CodecCommand.Run(rest),
    ["bus", .. var rest] => await BusCommand.RunAsync(rest),
    ["sse", .. var rest] => await SseCommand.RunAsync(rest),
    ["telegram"] => await TelegramCommand.RunAsync(),
    ["package", .. var rest] => await PackageCommand.RunAsync(rest),
    ["edge"] => await EdgeCommand.RunAsync(),
    [BareProxy.Command, var port, var target] => await BareProxy.RunAsync(port, target),
    [BareServer.Command, var port] => await BareServer.RunAsync(port),
    [BareClient.Command, var port] => await BareClient.RunAsync(port),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: bench/run gateway [--peer <directory of install-peer>] [--output <file>]
               bench/run codec [BenchmarkDotNet options]
               bench/run bus [rounds]
               bench/run edge
               bench/run sse [streams]
               bench/run telegram
               bench/run package [directory that eng/package wrote to]
        """);
    return 2;
}
