using System.Reflection;
using OpenClaw.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("OpenClaw.Gateway.Bus.Redis.Tests.RedisTestFramework", "OpenClaw.Gateway.Bus.Redis.Tests")]

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>Tests that need redis-server, and are skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsRedisAttribute : Attribute;

/// <summary>Skips by class: the tests of the contract are inherited, so their own attributes cannot know what they need.</summary>
internal sealed class RedisTestFramework(IMessageSink sink) : XunitTestFramework(sink)
{
    protected override ITestFrameworkDiscoverer CreateDiscoverer(IAssemblyInfo assemblyInfo) => new Discoverer(assemblyInfo, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Discoverer(IAssemblyInfo assembly, ISourceInformationProvider source, IMessageSink sink) : XunitTestFrameworkDiscoverer(assembly, source, sink)
    {
        protected override bool FindTestsForMethod(ITestMethod testMethod, bool includeSourceInformation, IMessageBus messageBus, ITestFrameworkDiscoveryOptions discoveryOptions)
        {
            if (RedisServer.Missing is not { } reason
                || testMethod.TestClass.Class.ToRuntimeType().GetCustomAttribute<NeedsRedisAttribute>() is null
                || !testMethod.Method.GetCustomAttributes(typeof(FactAttribute)).Any())
                return base.FindTestsForMethod(testMethod, includeSourceInformation, messageBus, discoveryOptions);
            var skipped = new XunitSkippedDataRowTestCase(DiagnosticMessageSink, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, testMethod, reason);
            return ReportDiscoveredTestCase(skipped, includeSourceInformation, messageBus);
        }
    }
}
