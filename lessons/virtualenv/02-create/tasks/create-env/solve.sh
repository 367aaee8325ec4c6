tools/bin/virtualenv myenv
