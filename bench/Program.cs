using OpenClaw.Benchmarks.Bare;
using OpenClaw.Benchmarks.Bus;
using OpenClaw.Benchmarks.Codec;
using OpenClaw.Benchmarks.Gateway;

return args switch
{
    ["gateway", .. var rest] => await GatewayCommand.RunAsync(rest),
    ["codec", .. var rest] => CodecCommand.Run(rest),
    ["bus", .. var rest] => await BusCommand.RunAsync(rest),
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
        """);
    return 2;
}
