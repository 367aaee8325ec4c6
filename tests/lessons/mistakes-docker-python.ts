/** What learners do in the course on Docker from Python, step by step in one sandbox, and what the checks say to it. */
import type { Mistakes } from './mistakes.ts';

/** Types a Compose file for the project in ~/visits, whose page is published as told. */
const visits = (ports: string, cache = 'cache'): string =>
  `printf 'services:\\n  web:\\n    build: .\\n    ports: ["${ports}"]\\n  ${cache}:\\n    image: redis:7\\n' > ~/visits/compose.yaml`;

const up = (folder: string): string =>
  `docker compose --project-directory ~/${folder} -f ~/${folder}/compose.yaml up -d`;

export const dockerPythonMistakes: Mistakes = {
  'docker-python/docker-py': [
    { task: 'who-runs', type: ['echo "print(1)" > who.py'], says: 'No container runs' },
    {
      task: 'who-runs',
      type: ['docker run --detach --name lighthouse redis:7'],
      says: 'who.py should print lighthouse',
    },
    {
      task: 'who-runs',
      type: ["printf 'import docker\\nprint(docker.from_env().containers.list())\\n' > who.py"],
      says: 'prints the container objects themselves',
    },
    { task: 'start-shop', type: ['docker run --name shop busybox true'], says: 'its status is exited' },
    {
      task: 'start-shop',
      type: ['docker rm shop', 'docker run --detach --name shop nginx'],
      says: 'its port 80 is not published',
    },
    { task: 'raw-api', type: ['> api.txt'], says: 'api.txt is empty' },
    {
      task: 'raw-api',
      type: ["docker version --format '{{.Server.MinAPIVersion}}' > api.txt"],
      says: 'the oldest that it understands',
    },
    { task: 'raw-api', type: ['echo 20.10 > api.txt'], says: 'Your api.txt says 20.10' },
    { task: 'repair-janitor', type: ['./make-mess.sh', 'python3 janitor.py'], says: 'crate-1 crate-2' },
    {
      task: 'repair-janitor',
      type: ['docker rm crate-1 crate-2'],
      says: 'still looks for the status "stopped"',
    },
    { task: 'repair-janitor', type: ['docker rm -f worker'], says: 'There is no container worker' },
  ],
  'docker-python/compose': [
    { task: 'describe', type: ['touch compose.yaml'], says: 'it belongs in the folder ~/visits' },
    { task: 'describe', type: [visits('8000:8000', 'redis')], says: 'no service cache; it has:' },
    { task: 'describe', type: [visits('8000:8000')], says: 'do not run yet' },
    { task: 'describe', type: [up('visits')], says: 'published on port 8000; yours is' },
    {
      task: 'describe',
      type: [visits('8001:80'), up('visits')],
      says: 'which is not published. Published is: 80/tcp',
    },
    { task: 'keep-count', type: [], says: 'a volume without a name' },
    {
      task: 'keep-count',
      type: ["printf '    volumes: [numbers:/var]\\nvolumes:\\n  numbers:\\n' >> ~/visits/compose.yaml"],
      says: 'the running cache does not use it',
    },
    {
      task: 'keep-count',
      type: ['sed -i s,numbers:/var,numbers:/data, ~/visits/compose.yaml', up('visits')],
      says: 'still empty',
    },
    { task: 'repair-guestbook', type: [], says: 'does not run. Is there' },
    { task: 'repair-guestbook', type: [up('guestbook')], says: 'Nobody listens on the port' },
    {
      task: 'repair-guestbook',
      type: ["sed -i 's/8000:8090/8090:8000/' ~/guestbook/compose.yaml", up('guestbook')],
      says: 'web looks for a database named redis',
    },
    {
      task: 'repair-guestbook',
      type: ["sed -i 's/store:/redis:/' ~/guestbook/compose.yaml", up('guestbook'), 'sleep 2'],
      passes: true,
    },
  ],
  'docker-python/kubernetes': [
    {
      task: 'write-manifest',
      type: ['kubectl create deployment site --image=nginx -o yaml > site.yaml'],
      says: 'site.yaml is empty',
    },
    {
      task: 'write-manifest',
      type: ['kubectl create deployment site --image=nginx --dry-run=client > site.yaml'],
      says: 'Did -o yaml stand in the command?',
    },
    {
      task: 'write-manifest',
      type: ['kubectl create deployment site --image=nginx --dry-run=client -o yaml > site.yaml'],
      says: 'It wants 1 of them',
    },
    { task: 'keeper', type: ['python3 keeper.py'], says: 'fleet.yaml wants 3 containers, and 3 run' },
    {
      task: 'keeper',
      type: ["sed -i 's/replicas: 3/replicas: 2/' fleet.yaml", 'python3 keeper.py'],
      says: 'keeper.py must remove the surplus',
    },
    {
      task: 'keeper',
      type: ['docker stop -t 0 $(docker ps --quiet --latest)'],
      says: '1 that ended still lie about',
    },
    { task: 'keeper', type: ['docker container prune --force'], says: 'keeper.py did not do it' },
    { task: 'repair-service', type: [], says: "looks for pods with {'app': 'shop-web'}" },
    {
      task: 'repair-service',
      type: ["sed -i 's/app: shop-web/app: shop/' shop/service.yaml"],
      says: 'knocks at port 8080',
    },
    {
      task: 'repair-service',
      type: ["sed -i 's/8080/80/' shop/service.yaml", "sed -i 's/app: shop/app: web/' shop/*.yaml"],
      says: 'deployment.yaml has changed',
    },
  ],
};
