using Maskwright.Cli.Running;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests.Running;

public sealed class AvailableMemoryTests : IDisposable
{
    private const long Giga = 1L << 30;
    private readonly TemporaryFolder _root = new();

    public AvailableMemoryTests() => Write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree:         1000000 kB\nMemAvailable:    8388608 kB\n");

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Without_limits_it_is_what_the_system_has()
    {
        Assert.Equal(8 * Giga, AvailableMemory.Read(_root.Path));
    }

    [Fact]
    public void A_group_of_version_2_limits_and_its_idle_file_pages_do_not_count()
    {
        Write("proc/self/cgroup", "0::/user/job\n");
        Write("sys/fs/cgroup/user/job/memory.max", $"{2 * Giga}\n");
        Write("sys/fs/cgroup/user/job/memory.current", $"{Giga}\n");
        Write("sys/fs/cgroup/user/job/memory.stat", $"anon 5\ninactive_file {Giga / 2}\n");

        Assert.Equal(Giga + (Giga / 2), AvailableMemory.Read(_root.Path));
    }

    [Fact]
    public void A_group_further_up_can_be_the_one_that_limits()
    {
        Write("proc/self/cgroup", "0::/user/job\n");
        Write("sys/fs/cgroup/user/job/memory.max", "max\n");
        Write("sys/fs/cgroup/user/job/memory.current", "5\n");
        Write("sys/fs/cgroup/user/memory.max", $"{3 * Giga}\n");
        Write("sys/fs/cgroup/user/memory.current", $"{Giga}\n");

        Assert.Equal(2 * Giga, AvailableMemory.Read(_root.Path));
    }

    [Fact]
    public void A_group_of_version_1_limits_too()
    {
        Write("proc/self/cgroup", "5:cpu,cpuacct:/box\n4:memory:/box\n");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", $"{Giga}\n");
        Write("sys/fs/cgroup/memory/memory.usage_in_bytes", $"{Giga / 4}\n");

        Assert.Equal(Giga - (Giga / 4), AvailableMemory.Read(_root.Path));
    }

    [Fact]
    public void This_machine_has_some()
    {
        Assert.InRange(AvailableMemory.Read(), 1, long.MaxValue - 1);
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root.File(name))!); // every name has a folder
        File.WriteAllText(_root.File(name), text);
    }
}
